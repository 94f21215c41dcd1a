/**
 * Redundant audio data (RFC 2198): the blocks of a packet, of which the last is the primary one.
 * The router's forwarders read it for subscribers that don't take redundancy. A flyweight belongs
 * to one thread at a time and never allocates after construction.
 */
@NullMarked
package dev.sluice.rtp.red;

import org.jspecify.annotations.NullMarked;
