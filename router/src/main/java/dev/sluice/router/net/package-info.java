/**
 * UDP as the router sees it: sockets bound to one concrete address each, read and written in
 * batches. A {@code Worker} calls it; the server only chooses the {@link Network}. Everything but
 * {@link DatagramPorts#wakeup} runs on the worker's thread.
 */
@NullMarked
package dev.sluice.router.net;

import org.jspecify.annotations.NullMarked;
