package dev.sluice.transport;

import java.util.concurrent.Executor;

/** Makes transports that share one DTLS certificate. */
public interface TransportFactory extends AutoCloseable {
  /**
   * @param listener told of everything on the worker thread
   * @param worker runs a task on the worker thread, soon and in order; never inline
   */
  Transport create(TransportListener listener, Executor worker);

  /** SHA-256 fingerprint of our certificate, upper-case hex pairs with colons. */
  String fingerprint();

  /**
   * Runs one in-process DTLS handshake and SRTP traffic with every profile, so that the first
   * caller does not pay for class loading and compilation. Call before listening; blocks.
   */
  void warmUp();

  @Override
  void close();
}
