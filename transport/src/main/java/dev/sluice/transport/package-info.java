/**
 * One peer's secured path as the Worker sees it: datagrams in, authenticated packets out. The
 * Worker makes transports through the {@link dev.sluice.transport.TransportFactory} and calls each
 * on the thread its session is pinned to. DTLS handshakes run on virtual threads and hand their
 * results to that thread.
 */
@NullMarked
package dev.sluice.transport;

import org.jspecify.annotations.NullMarked;
