package dev.sluice.simulation.publisher;

/** A packet on its way to the router. */
final class MediaPacket {
  private final byte[] head;
  private final int length;

  /**
   * A packet.
   *
   * @param head its first bytes; the rest is zero
   * @param length of all of it
   */
  MediaPacket(byte[] head, int length) {
    this.head = head;
    this.length = length;
  }

  byte[] head() {
    return head;
  }

  int length() {
    return length;
  }
}
