/**
 * The lite agent of ICE (RFC 8445 §2.5): it answers checks and learns from them where the peer is.
 * A transport owns one and gives it the STUN datagrams. No thread of its own, no sockets, no clock.
 */
@NullMarked
package dev.sluice.transport.ice;

import org.jspecify.annotations.NullMarked;
