package dev.sluice.transport.dtls;

import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.DatagramTransport;
import org.jspecify.annotations.Nullable;

/**
 * The socket the protocol engine thinks it has. Datagrams come in through a bounded queue from any
 * thread; records going out are put together to as few datagrams as will do, for the engine sends
 * every handshake message alone. The engine's own thread does all but {@link #offer} and {@link
 * #end}.
 */
final class DtlsPipe implements DatagramTransport {
  /** Two flights of a client in 1200-byte pieces, several times over. */
  static final int QUEUE_CAPACITY = 64;

  /** Fits every path MTU that WebRTC assumes. */
  private static final int SEND_LIMIT = 1200;

  private static final int RECEIVE_LIMIT = 2048;
  private static final byte[] END = new byte[0];

  private final BlockingQueue<byte[]> incoming = new ArrayBlockingQueue<>(QUEUE_CAPACITY);
  private final Consumer<byte[]> sender;
  private final byte[] outgoing = new byte[SEND_LIMIT];
  private int outgoingLength;
  private byte @Nullable [] heldAlert;
  private boolean alertsPass;
  private volatile boolean ended;

  /**
   * @param sender takes each datagram, which then is its own
   */
  DtlsPipe(Consumer<byte[]> sender) {
    this.sender = sender;
  }

  /**
   * @return false when the queue is full and the datagram dropped
   */
  boolean offer(byte[] datagram) {
    return incoming.offer(datagram);
  }

  /** Wakes the engine and lets every later receive fail. */
  void end() {
    ended = true;
    // If the queue is full there is something to wake up for already.
    boolean _ = incoming.offer(END);
  }

  boolean ended() {
    return ended;
  }

  /**
   * From now on alerts go out. Until then they are held back: the engine raises them for whatever
   * it can't read, and to the real client on the other side they would be the end.
   */
  void letAlertsPass() {
    alertsPass = true;
  }

  /** The alert held back last, once. */
  Optional<byte[]> takeHeldAlert() {
    Optional<byte[]> held = Optional.ofNullable(heldAlert);
    heldAlert = null;
    return held;
  }

  void sendNow(byte[] record) {
    flush();
    sender.accept(record);
  }

  void flush() {
    if (outgoingLength > 0) {
      byte[] datagram = new byte[outgoingLength];
      System.arraycopy(outgoing, 0, datagram, 0, outgoingLength);
      outgoingLength = 0;
      sender.accept(datagram);
    }
  }

  @Override
  public int getReceiveLimit() {
    return RECEIVE_LIMIT;
  }

  @Override
  public int getSendLimit() {
    return SEND_LIMIT;
  }

  @Override
  public int receive(byte[] buffer, int offset, int length, int waitMillis)
      throws InterruptedIOException {
    flush();
    byte[] datagram;
    try {
      datagram = ended ? END : incoming.poll(Math.max(waitMillis, 1), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
    if (ended) {
      // The one kind of failure that the engine passes on without an alert of its own.
      throw new InterruptedIOException("ended");
    }
    if (datagram == null) {
      return -1;
    }
    int count = Math.min(length, datagram.length);
    System.arraycopy(datagram, 0, buffer, offset, count);
    return count;
  }

  @Override
  public void send(byte[] buffer, int offset, int length) {
    if (buffer[offset] == ContentType.alert && !alertsPass) {
      heldAlert = new byte[length];
      System.arraycopy(buffer, offset, heldAlert, 0, length);
      return;
    }
    if (outgoingLength + length > SEND_LIMIT) {
      flush();
    }
    System.arraycopy(buffer, offset, outgoing, outgoingLength, length);
    outgoingLength += length;
  }

  /** Called by the engine when it gives up; the pipe serves its successor. */
  @Override
  public void close() {
    flush();
  }
}
