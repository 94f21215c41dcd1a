/**
 * RTCP (RFC 3550 §6, RFC 4585, RFC 5104, transport-wide feedback): a cursor over compound packets,
 * flyweights to read each kind and static writers into a byte array. The router's worker calls it
 * for reports, retransmission requests, key frame requests and congestion feedback. A flyweight
 * belongs to one thread at a time and never allocates after construction.
 */
@NullMarked
package dev.sluice.rtp.rtcp;

import org.jspecify.annotations.NullMarked;
