package dev.sluice.router.net;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Datagrams as they came, each in a slot of one array that is used again and again. */
public final class ReceiveBatch {
  /** Above any path MTU, so that a datagram that fills its slot was cut and is refused. */
  public static final int SLOT_BYTES = 2048;

  private final byte[] buffer;
  private final ByteBuffer view;
  private final int[] lengths;
  private final @Nullable InetSocketAddress[] sources;
  private int size;

  /**
   * @param capacity datagrams, 1 or more
   */
  public ReceiveBatch(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("a batch of %d datagrams".formatted(capacity));
    }
    buffer = new byte[capacity * SLOT_BYTES];
    view = ByteBuffer.wrap(buffer);
    lengths = new int[capacity];
    sources = new InetSocketAddress[capacity];
  }

  public byte[] buffer() {
    return buffer;
  }

  public int size() {
    return size;
  }

  public boolean isFull() {
    return size == lengths.length;
  }

  public int offset(int index) {
    return Objects.checkIndex(index, size) * SLOT_BYTES;
  }

  public int length(int index) {
    return lengths[Objects.checkIndex(index, size)];
  }

  public InetSocketAddress source(int index) {
    return Objects.requireNonNull(sources[Objects.checkIndex(index, size)]);
  }

  public void clear() {
    size = 0;
  }

  /** The next free slot, to be filled from its position; then call {@link #commit}. */
  public ByteBuffer nextSlot() {
    int start = size * SLOT_BYTES;
    return view.limit(start + SLOT_BYTES).position(start);
  }

  /** Takes what was put into {@link #nextSlot} as a datagram. */
  public void commit(InetSocketAddress source) {
    lengths[size] = view.position() - size * SLOT_BYTES;
    sources[size] = source;
    size++;
  }
}
