/**
 * The load generator: scripted clients with real signalling, ICE, DTLS and SRTP that load a server
 * of their own process. A person runs it from {@code bench/run}; nothing depends on it. One virtual
 * thread for each socket, one thread that sends.
 */
@NullMarked
package dev.sluice.bench;

import org.jspecify.annotations.NullMarked;
