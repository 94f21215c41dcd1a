package dev.sluice.simulation.router;

import dev.sluice.transport.Transport;
import dev.sluice.transport.TransportFactory;
import dev.sluice.transport.TransportListener;
import java.util.Collections;
import java.util.concurrent.Executor;

/** Makes transports without secrets, each with a user name fragment of its own. */
final class PlainTransports implements TransportFactory {
  private int made;

  @Override
  public Transport create(TransportListener listener, Executor worker) {
    return new PlainTransport("sim" + made++, listener);
  }

  @Override
  public String fingerprint() {
    return String.join(":", Collections.nCopies(32, "00"));
  }

  @Override
  public void warmUp() {
    // Nothing is compiled or loaded for a transport without cryptography.
  }

  @Override
  public void close() {
    // Its transports end with the rooms that opened them.
  }
}
