package dev.sluice.simulation.subscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.rtp.RtpHeaderWriter;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.simulation.media.Formats;
import dev.sluice.simulation.media.SoundNote;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SoundReceiverTest {
  private static final long MILLI = 1_000_000;
  private static final long PACKET = 20 * MILLI;
  private static final long EMPTY = 25 * MILLI;

  private final SoundReceiver receiver = new SoundReceiver(9, PACKET);
  private final int[] asked = new int[20];

  private static RtpPacket packet(int index) {
    byte[] bytes = new byte[100];
    RtpHeaderWriter header = new RtpHeaderWriter();
    header.begin(bytes, 0, Formats.OPUS, false, index, index * 960, 9);
    new SoundNote(index, index * PACKET).write(bytes, header.finish());
    RtpPacket packet = new RtpPacket();
    assertThat(packet.wrap(bytes, 0, bytes.length)).isTrue();
    return packet;
  }

  private void arrive(int index, long nowNanos) {
    receiver.onPacket(packet(index), EMPTY, nowNanos);
  }

  private int[] askedAt(long nowNanos) {
    receiver.forgetWhatIsPlayed(nowNanos);
    return Arrays.copyOf(asked, receiver.nacks().due(nowNanos, asked));
  }

  @Test
  void what_is_missing_is_asked_for_at_once_and_again_after_a_round_trip() {
    arrive(1, PACKET + EMPTY);
    long now = 4 * PACKET + EMPTY;
    arrive(4, now);

    assertThat(askedAt(now)).containsExactly(2, 3);
    assertThat(askedAt(now + 20 * MILLI)).isEmpty();
    assertThat(askedAt(now + 100 * MILLI)).containsExactly(2, 3);
    arrive(2, now + 110 * MILLI);
    assertThat(askedAt(now + 210 * MILLI)).containsExactly(3);
  }

  @Test
  void what_would_come_too_late_is_not_asked_for() {
    arrive(1, PACKET + EMPTY);
    long late = 360 * MILLI;
    arrive(5, 5 * PACKET + EMPTY + late);

    assertThat(askedAt(5 * PACKET + EMPTY + late)).containsExactly(3, 4);
  }

  @Test
  void the_router_may_send_the_same_packet_again_but_no_other_under_its_number() {
    assertThat(receiver.onSent(packet(7))).isTrue();
    assertThat(receiver.onSent(packet(8))).isTrue();
    assertThat(receiver.onSent(packet(7))).isFalse();
    RtpPacket other = packet(7);
    other.buffer()[50]++;

    assertThatThrownBy(() -> receiver.onSent(other))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("number 7");
  }
}
