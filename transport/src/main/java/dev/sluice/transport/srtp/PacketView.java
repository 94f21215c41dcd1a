package dev.sluice.transport.srtp;

import org.jitsi.utils.ByteArrayBuffer;

/** A packet in a buffer of the caller, as the SRTP library wants to see it. One per session. */
final class PacketView implements ByteArrayBuffer {
  private byte[] buffer = new byte[0];
  private int offset;
  private int length;

  PacketView over(byte[] buffer, int offset, int length) {
    this.buffer = buffer;
    this.offset = offset;
    this.length = length;
    return this;
  }

  @Override
  public byte[] getBuffer() {
    return buffer;
  }

  @Override
  public int getOffset() {
    return offset;
  }

  @Override
  public int getLength() {
    return length;
  }

  @Override
  public void setLength(int length) {
    this.length = length;
  }

  @Override
  public void setOffset(int offset) {
    this.offset = offset;
  }

  @Override
  public boolean isInvalid() {
    return false;
  }

  @Override
  public void readRegionToBuff(int at, int count, byte[] target) {
    System.arraycopy(buffer, offset + at, target, 0, count);
  }

  @Override
  public void grow(int count) {
    if (offset + length + count > buffer.length) {
      throw new IllegalStateException(
          "%d bytes more than the %d of the buffer"
              .formatted(offset + length + count - buffer.length, buffer.length));
    }
  }

  @Override
  public void append(byte[] bytes, int count) {
    grow(count);
    System.arraycopy(bytes, 0, buffer, offset + length, count);
    length += count;
  }

  @Override
  public void shrink(int count) {
    length -= count;
  }
}
