/**
 * The signalling protocol of {@code docs/signalling.md} over WebSocket. The gateway mounts it; it
 * calls the domain's live sessions. Each connection has one virtual thread that handles what comes
 * in, one thing at a time, with a socket or without; the web server's threads and the sessions'
 * mailboxes only enqueue for it.
 */
@NullMarked
package dev.sluice.gateway.signalling;

import org.jspecify.annotations.NullMarked;
