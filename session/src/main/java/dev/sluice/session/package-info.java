/**
 * The domain's values and services: applications, sessions, tokens, roles, signals and what callers
 * can be refused with. The front doors and the composition root call it. Values are immutable and
 * services block on the store: any thread.
 */
@NullMarked
package dev.sluice.session;

import org.jspecify.annotations.NullMarked;
