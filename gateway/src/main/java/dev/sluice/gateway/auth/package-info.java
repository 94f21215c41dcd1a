/**
 * Who may do what: reads and verifies the tokens of application servers and of clients. Called by
 * the REST resources and by signalling before anything else happens. Blocking; any thread.
 */
@NullMarked
package dev.sluice.gateway.auth;

import org.jspecify.annotations.NullMarked;
