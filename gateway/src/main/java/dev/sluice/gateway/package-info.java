/**
 * The front doors on one HTTP port: REST, signalling, and what browsers load. The server starts and
 * closes it. Requests run on virtual threads; Javalin and Jetty are used in here and nowhere else.
 */
@NullMarked
package dev.sluice.gateway;

import org.jspecify.annotations.NullMarked;
