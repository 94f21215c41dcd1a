/**
 * STUN binding messages (RFC 8489) as far as ICE uses them. The Worker asks {@link
 * dev.sluice.transport.stun.Stun} to tell datagrams apart, the ICE agent reads requests and writes
 * responses. Nothing here has a thread; a request or response object belongs to one owner.
 */
@NullMarked
package dev.sluice.transport.stun;

import org.jspecify.annotations.NullMarked;
