package dev.sluice.router.net;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Datagrams to send, back to back in one array. Neighbours to the same destination form an entry as
 * UDP segmentation offload wants it: all of {@link #segmentBytes}, the last one may be shorter.
 *
 * <p>To add a datagram: {@link #hasRoom}, write it at {@link #position} of {@link #buffer}, {@link
 * #commit}.
 */
public final class SendBatch {
  // Linux: UDP_MAX_SEGMENTS is 64 in every kernel that has UDP_SEGMENT, and one message is at most
  // an IPv4 datagram long.
  private static final int MAX_SEGMENTS = 64;
  private static final int MAX_ENTRY_BYTES = 65_507;

  private final byte[] buffer;
  private final ByteBuffer view;
  private final @Nullable InetSocketAddress[] destinations;
  private final int[] offsets;
  private final int[] lengths;
  private final int[] segmentBytes;
  private int size;
  private int position;

  /**
   * @param bytes size of the array
   * @param entries how many entries it can have
   */
  public SendBatch(int bytes, int entries) {
    buffer = new byte[bytes];
    view = ByteBuffer.wrap(buffer);
    destinations = new InetSocketAddress[entries];
    offsets = new int[entries];
    lengths = new int[entries];
    segmentBytes = new int[entries];
  }

  public byte[] buffer() {
    return buffer;
  }

  /** Where the next datagram is to be written. */
  public int position() {
    return position;
  }

  /** Tells whether a datagram of at most {@code maxBytes} can be added. */
  public boolean hasRoom(int maxBytes) {
    return size < destinations.length && buffer.length - position >= maxBytes;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  /** Number of entries. */
  public int size() {
    return size;
  }

  /** Takes the {@code length} bytes at {@link #position} as a datagram to {@code destination}. */
  public void commit(InetSocketAddress destination, int length) {
    if (length <= 0 || length > buffer.length - position) {
      throw new IllegalArgumentException(
          "datagram of %d bytes, free are %d".formatted(length, buffer.length - position));
    }
    if (size > 0 && continuesLast(destination, length)) {
      lengths[size - 1] += length;
    } else {
      destinations[size] = destination;
      offsets[size] = position;
      lengths[size] = length;
      segmentBytes[size] = length;
      size++;
    }
    position += length;
  }

  private boolean continuesLast(InetSocketAddress destination, int length) {
    int last = size - 1;
    int segment = segmentBytes[last];
    return length <= segment
        && lengths[last] % segment == 0
        && lengths[last] / segment < MAX_SEGMENTS
        && lengths[last] + length <= MAX_ENTRY_BYTES
        && destination.equals(destinations[last]);
  }

  public InetSocketAddress destination(int entry) {
    return Objects.requireNonNull(destinations[Objects.checkIndex(entry, size)]);
  }

  public int offset(int entry) {
    return offsets[Objects.checkIndex(entry, size)];
  }

  /** Bytes of all datagrams of the entry together. */
  public int length(int entry) {
    return lengths[Objects.checkIndex(entry, size)];
  }

  /** Bytes of every datagram of the entry but the last, which may be shorter. */
  public int segmentBytes(int entry) {
    return segmentBytes[Objects.checkIndex(entry, size)];
  }

  public void clear() {
    size = 0;
    position = 0;
  }

  /** The bytes as a buffer, for the system call. */
  ByteBuffer view(int offset, int length) {
    return view.limit(offset + length).position(offset);
  }
}
