/**
 * Who speaks in a room, by the audio levels that publishers send along (RFC 6464). Called by {@code
 * dev.sluice.router.live} for each audio packet and every 100 ms; a function of times and inputs.
 * Worker thread.
 */
@NullMarked
package dev.sluice.router.speaker;

import org.jspecify.annotations.NullMarked;
