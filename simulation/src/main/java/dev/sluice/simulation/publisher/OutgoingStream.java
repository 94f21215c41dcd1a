package dev.sluice.simulation.publisher;

import dev.sluice.rtp.NetworkOrder;
import dev.sluice.rtp.NtpTime;
import dev.sluice.rtp.RtpHeaderWriter;
import dev.sluice.rtp.SequenceNumbers;
import dev.sluice.rtp.Timestamps;
import dev.sluice.rtp.extension.ExtensionIds;
import dev.sluice.rtp.extension.HeaderExtension;
import dev.sluice.rtp.rtcp.SenderReport;
import dev.sluice.simulation.media.Formats;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One SSRC of a publisher: numbers its packets, and repeats those it is asked for (RFC 4588). */
final class OutgoingStream {
  // Chromium names MID and RID until it gets receiver reports, and again for a while after.
  private static final int NAMED_PACKETS = 60;
  private static final int KEPT = 1024;
  private static final int MAX_HEADER_BYTES = 64;
  private static final long UNIX_NANOS_AT_START = 1_800_000_000L * 1_000_000_000L;

  private static final class Sent {
    private final int sequence;
    private final int timestamp;
    private final boolean marker;
    private final byte[] payload;
    private final int length;

    Sent(int sequence, int timestamp, boolean marker, byte[] payload, int length) {
      this.sequence = sequence;
      this.timestamp = timestamp;
      this.marker = marker;
      this.payload = payload;
      this.length = length;
    }
  }

  private final RtpHeaderWriter header = new RtpHeaderWriter();
  private final byte[] scratch = new byte[2048];
  private final int ssrc;
  private final int rtxSsrc;
  private final byte[] mid;
  private final byte[] rid;
  private final int clockRateHz;
  private final int firstTimestamp;
  private final IntSupplier transportSequence;
  private final @Nullable Sent[] kept = new Sent[KEPT];
  private int sequence;
  private int rtxSequence;
  private int packets;

  OutgoingStream(
      int ssrc,
      String mid,
      String rid,
      int clockRateHz,
      IntSupplier transportSequence,
      RandomGenerator random) {
    this.ssrc = ssrc;
    this.rtxSsrc = ssrc + 1;
    this.mid = mid.getBytes(StandardCharsets.US_ASCII);
    this.rid = rid.getBytes(StandardCharsets.US_ASCII);
    this.clockRateHz = clockRateHz;
    this.transportSequence = transportSequence;
    firstTimestamp = random.nextInt();
    sequence = random.nextInt(1 << 16);
    rtxSequence = random.nextInt(1 << 16);
  }

  int ssrc() {
    return ssrc;
  }

  /**
   * The next packet.
   *
   * @param payload its first bytes; kept, so not to be changed
   * @param payloadLength of all of it
   * @param level of sound (RFC 6464), for a packet that has one
   */
  MediaPacket packet(
      int payloadType,
      boolean marker,
      long capturedNanos,
      byte[] payload,
      int payloadLength,
      OptionalInt level) {
    Sent sent = new Sent(sequence, timestampAt(capturedNanos), marker, payload, payloadLength);
    kept[sequence % KEPT] = sent;
    sequence = SequenceNumbers.plus(sequence, 1);
    header.begin(scratch, 0, payloadType, marker, sent.sequence, sent.timestamp, ssrc);
    if (packets++ < NAMED_PACKETS) {
      name(HeaderExtension.MID, mid);
      name(HeaderExtension.RID, rid);
    }
    if (level.isPresent()) {
      header.addByte(Formats.PUBLISHED.id(HeaderExtension.AUDIO_LEVEL), level.getAsInt());
    }
    return finish(sent, 0);
  }

  /** Repeats a packet; null when it is not kept any more. */
  @Nullable MediaPacket repeat(int wanted) {
    Sent sent = kept[wanted % KEPT];
    if (sent == null || sent.sequence != wanted) {
      return null;
    }
    header.begin(scratch, 0, Formats.RTX, sent.marker, rtxSequence, sent.timestamp, rtxSsrc);
    rtxSequence = SequenceNumbers.plus(rtxSequence, 1);
    name(HeaderExtension.MID, mid);
    name(HeaderExtension.REPAIRED_RID, rid);
    return finish(sent, 2);
  }

  private void name(HeaderExtension extension, byte[] text) {
    if (text.length > 0) {
      header.addBytes(Formats.PUBLISHED.id(extension), text, 0, text.length);
    }
  }

  private MediaPacket finish(Sent sent, int originalNumberBytes) {
    ExtensionIds ids = Formats.PUBLISHED;
    header.addShort(ids.id(HeaderExtension.TRANSPORT_WIDE_CC), transportSequence.getAsInt());
    int at = header.finish();
    if (at > MAX_HEADER_BYTES) {
      throw new IllegalStateException("a header of %d bytes".formatted(at));
    }
    if (originalNumberBytes > 0) {
      NetworkOrder.putShort(scratch, at, sent.sequence);
      at += originalNumberBytes;
    }
    System.arraycopy(sent.payload, 0, scratch, at, sent.payload.length);
    return new MediaPacket(Arrays.copyOf(scratch, at + sent.payload.length), at + sent.length);
  }

  private int timestampAt(long nanos) {
    return firstTimestamp + (int) Timestamps.ticksOfNanos(nanos, clockRateHz);
  }

  /** A sender report, or nothing before the first packet. */
  @Nullable MediaPacket report(long nowNanos) {
    if (packets == 0) {
      return null;
    }
    byte[] report = new byte[SenderReport.LENGTH];
    SenderReport.write(
        report,
        0,
        ssrc,
        NtpTime.ofUnixNanos(UNIX_NANOS_AT_START + nowNanos),
        timestampAt(nowNanos),
        packets,
        0);
    return new MediaPacket(report, report.length);
  }
}
