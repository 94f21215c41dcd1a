package dev.sluice.router.net;

import java.util.List;

/** The ports of one worker, waited for together. */
public interface DatagramPorts extends AutoCloseable {
  /** One per address, in the order they were asked for. */
  List<DatagramPort> ports();

  /** The number they share, 1 to 65535. */
  int portNumber();

  /** Blocks until a datagram can be read, {@link #wakeup} is called or the time is over. */
  void await(long timeoutNanos);

  /** Ends the current or the next {@link #await}. Any thread. */
  void wakeup();

  @Override
  void close();
}
