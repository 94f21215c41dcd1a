package dev.sluice.transport;

import dev.sluice.transport.srtp.SrtpSession;
import java.util.Arrays;

/** Packets and datagrams to throw at a transport. */
final class Packets {
  private Packets() {}

  static byte[] rtp(int sequence) {
    byte[] packet = new byte[60];
    packet[0] = (byte) 0x80;
    packet[1] = 96;
    packet[2] = (byte) (sequence >>> 8);
    packet[3] = (byte) sequence;
    packet[11] = 42;
    Arrays.fill(packet, 12, 60, (byte) sequence);
    return packet;
  }

  static byte[] receiverReport() {
    return new byte[] {(byte) 0x80, (byte) 201, 0, 1, 0, 0, 0, 42};
  }

  static byte[] protectedRtp(SrtpSession client, int sequence) {
    byte[] packet = Arrays.copyOf(rtp(sequence), 100);
    return Arrays.copyOf(packet, client.protectRtp(packet, 0, 60));
  }

  static byte[] protectedRtcp(SrtpSession client) {
    byte[] packet = Arrays.copyOf(receiverReport(), 100);
    return Arrays.copyOf(packet, client.protectRtcp(packet, 0, 8));
  }

  static byte[] fatalAlert() {
    return new byte[] {21, (byte) 0xFE, (byte) 0xFD, 0, 0, 0, 0, 0, 0, 0, 9, 0, 2, 2, 40};
  }

  /** A record of the first epoch with a length that fits and nothing that can be decrypted. */
  static byte[] encryptedJunk() {
    byte[] record = new byte[13 + 40];
    record[0] = 23;
    record[1] = (byte) 0xFE;
    record[2] = (byte) 0xFD;
    record[4] = 1;
    record[10] = 77;
    record[12] = 40;
    return record;
  }

  /** Well-formed record and message headers of a hello with nothing in it. */
  static byte[] brokenHello() {
    byte[] record = new byte[13 + 12 + 8];
    record[0] = 22;
    record[1] = (byte) 0xFE;
    record[2] = (byte) 0xFD;
    record[12] = 20;
    record[13] = 1;
    record[16] = 8;
    record[24] = 8;
    return record;
  }
}
