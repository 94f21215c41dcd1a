package dev.sluice.router.net;

import dev.sluice.router.net.PortUnavailableException.Reason;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;

/** The machine's own UDP sockets through {@code java.nio}. */
public final class NioNetwork implements Network {
  // A key frame of every publisher at once has to fit; the kernel caps it at net.core.rmem_max.
  private static final int SOCKET_BUFFER_BYTES = 4 << 20;
  private static final int EPHEMERAL_ATTEMPTS = 16;

  @Override
  public DatagramPorts open(List<InetAddress> addresses, int port) throws PortUnavailableException {
    if (addresses.isEmpty()) {
      throw new IllegalArgumentException("no address to open a port on");
    }
    for (InetAddress address : addresses) {
      if (address.isAnyLocalAddress()) {
        throw new IllegalArgumentException("a wildcard address: " + address);
      }
    }
    if (port != 0) {
      return openAll(addresses, port);
    }
    // The number that is free on the first address may be taken on another one.
    for (int attempt = 1; ; attempt++) {
      try {
        return openAll(addresses, 0);
      } catch (PortUnavailableException e) {
        if (e.reason() != Reason.IN_USE || attempt == EPHEMERAL_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private static DatagramPorts openAll(List<InetAddress> addresses, int port)
      throws PortUnavailableException {
    InetSocketAddress current = new InetSocketAddress(addresses.getFirst(), port);
    List<NioDatagramPort> ports = new ArrayList<>();
    List<DatagramChannel> channels = new ArrayList<>();
    Selector selector = null;
    try {
      selector = Selector.open();
      int number = port;
      for (InetAddress address : addresses) {
        current = new InetSocketAddress(address, number);
        DatagramChannel channel =
            DatagramChannel.open(
                address instanceof Inet6Address
                    ? StandardProtocolFamily.INET6
                    : StandardProtocolFamily.INET);
        channels.add(channel);
        channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
        channel.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER_BYTES);
        channel.bind(current);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
        InetSocketAddress bound = (InetSocketAddress) channel.getLocalAddress();
        number = bound.getPort();
        ports.add(new NioDatagramPort(channel, bound));
      }
      return new NioDatagramPorts(selector, channels, ports);
    } catch (IOException e) {
      NioDatagramPorts.closeAll(selector, channels);
      throw new PortUnavailableException(reason(e, current.getAddress()), current, e);
    }
  }

  private static Reason reason(IOException e, InetAddress address) {
    if (!(e instanceof BindException)) {
      return Reason.OTHER;
    }
    try {
      // BindException covers EADDRINUSE, EADDRNOTAVAIL and EACCES, told apart by text only.
      if (NetworkInterface.getByInetAddress(address) == null) {
        return Reason.NOT_A_LOCAL_ADDRESS;
      }
    } catch (IOException interfacesUnreadable) {
      e.addSuppressed(interfacesUnreadable);
      return Reason.OTHER;
    }
    String message = e.getMessage();
    return message != null && message.contains("in use") ? Reason.IN_USE : Reason.OTHER;
  }
}
