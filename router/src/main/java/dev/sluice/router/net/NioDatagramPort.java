package dev.sluice.router.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** A port on a non-blocking {@link DatagramChannel}; works on every platform. */
final class NioDatagramPort implements DatagramPort {
  private final DatagramChannel channel;
  private final InetSocketAddress localAddress;
  private final PortCounters counters = new PortCounters();

  NioDatagramPort(DatagramChannel channel, InetSocketAddress localAddress) {
    this.channel = channel;
    this.localAddress = localAddress;
  }

  @Override
  public InetSocketAddress localAddress() {
    return localAddress;
  }

  @Override
  public int receive(ReceiveBatch batch) {
    int added = 0;
    while (!batch.isFull()) {
      ByteBuffer slot = batch.nextSlot();
      int start = slot.position();
      SocketAddress source;
      try {
        source = channel.receive(slot);
      } catch (IOException e) {
        // An ICMP error of an earlier send surfaces here on some systems; it is about one
        // datagram, and the next call goes on with the next.
        counters.receiveErrors++;
        return added;
      }
      if (source == null) {
        return added;
      }
      int length = slot.position() - start;
      if (length == ReceiveBatch.SLOT_BYTES) {
        counters.oversizedDatagrams++;
        continue;
      }
      batch.commit((InetSocketAddress) source);
      counters.receivedDatagrams++;
      counters.receivedBytes += length;
      added++;
    }
    return added;
  }

  @Override
  public void send(SendBatch batch) {
    for (int entry = 0; entry < batch.size(); entry++) {
      int end = batch.offset(entry) + batch.length(entry);
      int segment = batch.segmentBytes(entry);
      for (int offset = batch.offset(entry); offset < end; offset += segment) {
        send(batch.view(offset, Math.min(segment, end - offset)), batch.destination(entry));
      }
    }
    batch.clear();
  }

  private void send(ByteBuffer datagram, InetSocketAddress destination) {
    int length = datagram.remaining();
    try {
      if (channel.send(datagram, destination) == 0) {
        counters.sendBufferFull++;
      } else {
        counters.sentDatagrams++;
        counters.sentBytes += length;
      }
    } catch (IOException e) {
      // EPERM of a firewall rule, ENETUNREACH, ECONNREFUSED: this datagram is lost, as on any path.
      counters.sendErrors++;
    }
  }

  @Override
  public PortCounters counters() {
    return counters;
  }
}
