/**
 * RTP header extensions (RFC 8285): which ones are known, which id each has in an m-section, and
 * how their values read. SDP negotiation builds the ids, the packet path reads values with them.
 * Immutable or stateless, so any thread.
 */
@NullMarked
package dev.sluice.rtp.extension;

import org.jspecify.annotations.NullMarked;
