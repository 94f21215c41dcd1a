package dev.sluice.rtp.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.fuzz.Choices;
import java.util.ArrayList;
import java.util.List;

/** Whatever feedback and reports are written read the same. */
public final class RtcpWritersFuzz {
  private static final int MAX_ENTRIES = 30;

  private RtcpWritersFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    Choices choices = new Choices(input);
    byte[] buffer = new byte[1500];
    switch (choices.unsignedByte() % 5) {
      case 0 -> nack(choices, buffer);
      case 1 -> report(choices, buffer);
      case 2 -> description(choices, buffer);
      case 3 -> transportFeedback(choices, buffer);
      default -> receiverEstimate(choices, buffer);
    }
  }

  private static void nack(Choices choices, byte[] buffer) {
    int[] lost = new int[MAX_ENTRIES];
    List<Integer> expected = new ArrayList<>();
    int number = choices.unsignedShort();
    do {
      lost[expected.size()] = number;
      expected.add(number);
      number = (number + 1 + choices.unsignedByte() % 20) & 0xFFFF;
    } while (choices.hasMore() && expected.size() < MAX_ENTRIES);
    int length = Nack.write(buffer, 2, 1, 2, lost, expected.size());
    assertThat(length).isLessThanOrEqualTo(Nack.maxLength(expected.size()));
    Nack nack = new Nack();
    assertThat(nack.wrap(only(buffer, 2, length))).isTrue();
    List<Integer> read = new ArrayList<>();
    while (nack.next()) {
      read.add(nack.sequenceNumber());
    }
    assertThat(read).isEqualTo(expected);
  }

  private static void report(Choices choices, byte[] buffer) {
    ReceiverReport report = new ReceiverReport();
    report.begin(buffer, 2, 7);
    List<List<Integer>> expected = new ArrayList<>();
    while (choices.hasMore() && expected.size() < MAX_ENTRIES) {
      List<Integer> block =
          List.of(
              choices.int32(),
              choices.unsignedByte(),
              choices.int32() >> 8,
              choices.int32(),
              choices.int32(),
              choices.int32(),
              choices.int32());
      assertThat(
              report.append(
                  block.get(0),
                  block.get(1),
                  block.get(2),
                  block.get(3),
                  block.get(4),
                  block.get(5),
                  block.get(6)))
          .isTrue();
      expected.add(block);
    }
    ReportBlocks blocks = new ReportBlocks();
    assertThat(blocks.wrap(only(buffer, 2, report.finish()))).isTrue();
    List<List<Integer>> read = new ArrayList<>();
    while (blocks.next()) {
      read.add(
          List.of(
              blocks.ssrc(),
              blocks.fractionLost(),
              blocks.cumulativeLost(),
              blocks.extendedHighest(),
              blocks.jitterTicks(),
              blocks.lastSenderReport(),
              blocks.delaySinceLastSenderReport()));
    }
    assertThat(read).isEqualTo(expected);
  }

  private static void description(Choices choices, byte[] buffer) {
    byte[] cname = choices.bytes(1 + choices.unsignedByte() % 255);
    int length = SourceDescription.writeCname(buffer, 2, 9, cname);
    SourceDescription description = new SourceDescription();
    assertThat(description.wrap(only(buffer, 2, length))).isTrue();
    assertThat(description.next()).isTrue();
    assertThat(description.ssrc()).isEqualTo(9);
    assertThat(buffer).containsSequence(cname);
    assertThat(description.cnameLength()).isEqualTo(cname.length);
    assertThat(description.next()).isFalse();
  }

  private static void transportFeedback(Choices choices, byte[] buffer) {
    TransportFeedbackWriter writer = new TransportFeedbackWriter();
    int base = choices.unsignedShort();
    long nanos = choices.int32() * 1_000L;
    writer.begin(base, nanos);
    List<Integer> expected = new ArrayList<>();
    int number = base;
    while (expected.isEmpty() || choices.hasMore()) {
      if (!writer.add(number, nanos)) {
        break;
      }
      expected.add(number);
      number = (number + 1 + choices.unsignedByte() % 40) & 0xFFFF;
      nanos += (choices.unsignedShort() - 8_192) * 10_000L;
    }
    int length = writer.finish(buffer, 2, 1, 2, 3);
    assertThat(length).isLessThanOrEqualTo(TransportFeedbackWriter.MAX_LENGTH);
    TransportFeedback feedback = new TransportFeedback();
    assertThat(feedback.wrap(only(buffer, 2, length))).isTrue();
    List<Integer> read = new ArrayList<>();
    while (feedback.next()) {
      if (feedback.received()) {
        read.add(feedback.sequenceNumber());
      }
    }
    assertThat(read).isEqualTo(expected);
  }

  private static void receiverEstimate(Choices choices, byte[] buffer) {
    long bitrate = ((long) choices.int32() << 32 | (choices.int32() & 0xFFFFFFFFL)) >>> 1;
    List<Integer> expected = new ArrayList<>();
    while (choices.hasMore() && expected.size() < MAX_ENTRIES) {
      expected.add(choices.int32());
    }
    int[] ssrcs = expected.stream().mapToInt(Integer::intValue).toArray();
    int length = Remb.write(buffer, 2, 1, bitrate, ssrcs);
    Remb remb = new Remb();
    assertThat(remb.wrap(only(buffer, 2, length))).isTrue();
    assertThat(remb.bitrateBps()).isBetween(bitrate - (bitrate >> 17), bitrate);
    List<Integer> read = new ArrayList<>();
    for (int i = 0; i < remb.ssrcCount(); i++) {
      read.add(remb.ssrc(i));
    }
    assertThat(read).isEqualTo(expected);
  }

  /** The cursor at the one packet that the datagram must consist of. */
  private static RtcpCompound only(byte[] buffer, int offset, int length) {
    RtcpCompound packets = new RtcpCompound();
    packets.wrap(buffer, offset, length);
    assertThat(packets.next()).isTrue();
    assertThat(packets.length()).isLessThanOrEqualTo(length);
    return packets;
  }
}
