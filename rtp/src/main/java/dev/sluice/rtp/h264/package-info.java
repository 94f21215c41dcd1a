/**
 * The H.264 payload format (RFC 6184) as far as a router needs it: where key frames start, their
 * size, what may be left out. The router's inbound tracks call it for each video packet. A
 * flyweight belongs to one thread at a time and never allocates after construction.
 */
@NullMarked
package dev.sluice.rtp.h264;

import org.jspecify.annotations.NullMarked;
