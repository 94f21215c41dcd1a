/**
 * Offers and answers (RFC 8829) of a client's two PeerConnections: what media flows, in which
 * payload types and header extensions. The Worker makes one negotiation per PeerConnection and
 * gives it the client's descriptions. Pure state without I/O or clock, owned by one thread.
 */
@NullMarked
package dev.sluice.transport.negotiation;

import org.jspecify.annotations.NullMarked;
