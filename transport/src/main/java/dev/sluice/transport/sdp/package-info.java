/**
 * Session descriptions (RFC 8866) as far as WebRTC uses them (RFC 8829): bounded parsing into
 * immutable records, and writing. The negotiation calls it with what clients sent and with what it
 * made. Nothing here has state or a thread of its own.
 */
@NullMarked
package dev.sluice.transport.sdp;

import org.jspecify.annotations.NullMarked;
