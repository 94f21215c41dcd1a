/**
 * SRTP and SRTCP (RFC 3711, RFC 7714) of one transport, behind a seam of our own so that the
 * library underneath can change. The transport calls it for every packet on its worker thread. It
 * never throws for what a packet holds.
 */
@NullMarked
package dev.sluice.transport.srtp;

import org.jspecify.annotations.NullMarked;
