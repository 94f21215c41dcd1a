/**
 * The RTP packet and its arithmetic (RFC 3550): a flyweight to read a packet, a writer for headers,
 * sequence numbers, timestamps and NTP times. The router's packet path and the transport call it.
 * Nothing here has a thread, a clock or I/O; flyweights belong to one thread at a time and never
 * allocate after construction.
 */
@NullMarked
package dev.sluice.rtp;

import org.jspecify.annotations.NullMarked;
