package dev.sluice.router.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Selector;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The channels of one worker and the selector that waits for them. */
final class NioDatagramPorts implements DatagramPorts {
  private final Selector selector;
  private final List<DatagramChannel> channels;
  private final List<DatagramPort> ports;

  NioDatagramPorts(Selector selector, List<DatagramChannel> channels, List<NioDatagramPort> ports) {
    this.selector = selector;
    this.channels = List.copyOf(channels);
    this.ports = List.copyOf(ports);
  }

  @Override
  public List<DatagramPort> ports() {
    return ports;
  }

  @Override
  public int portNumber() {
    return ports.getFirst().localAddress().getPort();
  }

  @Override
  public void await(long timeoutNanos) {
    // 0 would wait for ever.
    long timeoutMillis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(timeoutNanos));
    try {
      selector.select(timeoutMillis);
      selector.selectedKeys().clear();
    } catch (IOException e) {
      throw new UncheckedIOException("the selector of the ports failed", e);
    }
  }

  @Override
  public void wakeup() {
    selector.wakeup();
  }

  @Override
  public void close() {
    closeAll(selector, channels);
  }

  static void closeAll(@Nullable Selector selector, List<DatagramChannel> channels) {
    IOException failure = null;
    for (DatagramChannel channel : channels) {
      try {
        channel.close();
      } catch (IOException e) {
        failure = e;
      }
    }
    try {
      if (selector != null) {
        selector.close();
      }
    } catch (IOException e) {
      failure = e;
    }
    if (failure != null) {
      throw new UncheckedIOException("a UDP port failed to close", failure);
    }
  }
}
