package dev.sluice.router.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.track.Layer;
import dev.sluice.router.track.TestLayers;
import dev.sluice.router.track.TestPackets;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.extension.ExtensionIds;
import dev.sluice.rtp.extension.HeaderExtension;
import dev.sluice.rtp.red.RedPayload;
import dev.sluice.testkit.fuzz.Choices;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

/**
 * Audio, redundant or plain, to a subscriber who takes redundancy and to one who does not: both get
 * every packet, under the payload types that they know.
 */
public final class AudioForwarderFuzz {
  private static final int OPUS = 109;
  private static final int RED = 64;
  private static final int MAX_PACKETS = 100;
  private static final ExtensionIds OUT_IDS =
      ExtensionIds.of(Map.of(HeaderExtension.TRANSPORT_WIDE_CC, 7));

  private AudioForwarderFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    Choices choices = new Choices(input);
    Layer layer = TestLayers.audio(5);
    AudioForwarder plain = new AudioForwarder(track(OptionalInt.empty()), new Random(1));
    AudioForwarder redundant = new AudioForwarder(track(OptionalInt.of(RED)), new Random(1));
    for (int i = 0; i < MAX_PACKETS && choices.hasMore(); i++) {
      boolean isRed = (choices.unsignedByte() & 1) != 0;
      byte[] payload = choices.bytes(choices.unsignedByte());
      RtpPacket packet =
          TestPackets.packet(
              isRed ? TestPackets.RED_TYPE : TestPackets.AUDIO_TYPE,
              5,
              65_500 + i & 0xFFFF,
              960 * i,
              payload);
      RtpPacket toPlain = forward(plain, layer, packet);
      RtpPacket toRedundant = forward(redundant, layer, packet);
      assertThat(toPlain.payloadType()).isEqualTo(OPUS);
      assertThat(toRedundant.sequenceNumber()).isEqualTo(toPlain.sequenceNumber());
      if (isRed) {
        checkRedundant(packet, toPlain, toRedundant);
      } else {
        assertThat(payloadOf(toPlain)).isEqualTo(payload);
        assertThat(payloadOf(toRedundant)).isEqualTo(payload);
        assertThat(toRedundant.payloadType()).isEqualTo(OPUS);
      }
    }
  }

  private static void checkRedundant(RtpPacket packet, RtpPacket toPlain, RtpPacket toRedundant) {
    RedPayload red = new RedPayload();
    if (!red.wrap(packet)) {
      assertThat(toPlain.payloadLength()).isZero();
      assertThat(toRedundant.payloadLength()).isZero();
      return;
    }
    int from = red.primaryOffset();
    byte[] primary = Arrays.copyOfRange(packet.buffer(), from, from + red.primaryLength());
    assertThat(payloadOf(toPlain)).isEqualTo(primary);
    assertThat(toRedundant.payloadType()).isEqualTo(RED);
    assertThat(toRedundant.payloadLength()).isEqualTo(packet.payloadLength());
    assertThat(red.wrap(toRedundant)).isTrue();
    assertThat(red.primaryPayloadType()).isEqualTo(OPUS);
  }

  private static RtpPacket forward(AudioForwarder forwarder, Layer layer, RtpPacket packet) {
    byte[] out = new byte[Forwarder.maxLength(packet)];
    int length = forwarder.forward(layer, packet, null, 0, out, 0);
    RtpPacket sent = new RtpPacket();
    assertThat(sent.wrap(out, 0, length)).isTrue();
    return sent;
  }

  private static byte[] payloadOf(RtpPacket packet) {
    return Arrays.copyOfRange(
        packet.buffer(), packet.payloadOffset(), packet.payloadOffset() + packet.payloadLength());
  }

  private static OutgoingTrack track(OptionalInt redPayloadType) {
    return new OutgoingTrack(
        Optional.empty(),
        55,
        OPUS,
        OptionalInt.empty(),
        OptionalInt.empty(),
        redPayloadType,
        48_000,
        OUT_IDS);
  }
}
