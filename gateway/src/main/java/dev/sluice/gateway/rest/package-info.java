/**
 * The REST API for applications' servers, as docs/rest-api.md describes it. The gateway mounts its
 * routes. Each request has a virtual thread; resources keep no state.
 */
@NullMarked
package dev.sluice.gateway.rest;

import org.jspecify.annotations.NullMarked;
