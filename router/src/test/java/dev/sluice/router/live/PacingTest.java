package dev.sluice.router.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.forward.LayerPreference;
import dev.sluice.router.live.RoomSnapshot.TrackSnapshot;
import dev.sluice.router.room.MediaChoice;
import dev.sluice.router.room.OfferedTrack;
import dev.sluice.router.testkit.Descriptions.Sends;
import dev.sluice.router.testkit.MediaSource;
import dev.sluice.router.testkit.Rtcp;
import dev.sluice.router.testkit.Stage;
import dev.sluice.router.testkit.StagePeer;
import dev.sluice.rtp.RtpPacket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A video of more than a subscriber's rate, all the way through a room. */
class PacingTest {
  private final Stage stage = new Stage();
  private final StagePeer alice =
      stage.publish("alice", 1, List.of(Sends.VP8), List.of(new OfferedTrack("0", "stream")));
  private final StagePeer bob = stage.subscribe("bob", 2, "sub", "stream");
  private final MediaSource video = MediaSource.vp8(21, "0", "", 960);
  private final List<RtpPacket> received = new ArrayList<>();

  /** Sends frames of one packet, 200 a second or a multiple of it. */
  private void send(int millis, int framesPerTurn) {
    for (int passed = 0; passed < millis; passed += 5) {
      for (int i = 0; i < framesPerTurn; i++) {
        alice.sendFrame(video, false);
      }
      stage.pass(5);
      // The other SSRC is of what fills up probes
      bob.takeRtp().stream()
          .filter(packet -> received.isEmpty() || packet.ssrc() == received.getFirst().ssrc())
          .forEach(received::add);
    }
  }

  private TrackSnapshot track() {
    return stage.call(() -> stage.room().snapshot()).transports().stream()
        .filter(transport -> transport.side() == TransportSide.SUBSCRIBE)
        .findFirst()
        .orElseThrow()
        .tracks()
        .getFirst();
  }

  private void assertThatNoGapIsSeen() {
    for (int i = 1; i < received.size(); i++) {
      assertThat(received.get(i).sequenceNumber())
          .isEqualTo((received.get(i - 1).sequenceNumber() + 1) & 0xFFFF);
    }
  }

  @Test
  void what_has_waited_too_long_is_replaced_by_a_key_frame_without_a_gap() {
    alice.sendFrame(video, true);
    send(10, 0);
    alice.takeRtcp();
    send(1_400, 6);
    assertThat(track().dropped()).containsKey("pacerOverflow");
    assertThat(Rtcp.pictureLossIndications(alice.takeRtcp())).contains(21);
    alice.sendFrame(video, true);
    send(100, 0);
    assertThat(received).hasSizeGreaterThan(100);
    assertThatNoGapIsSeen();
    assertThat(received.getLast().payloadLength()).isEqualTo(1_000);
  }

  @Test
  void what_waits_of_a_video_that_is_switched_off_is_not_sent() {
    alice.sendFrame(video, true);
    send(400, 6);
    assertThat(track().dropped()).isEmpty();
    choose(false);
    assertThat(track().dropped()).containsKey("pacerFlushed");
    int before = received.size();
    send(100, 1);
    assertThat(received).hasSize(before);
    choose(true);
    alice.sendFrame(video, true);
    send(500, 1);
    assertThat(received).hasSizeGreaterThan(before + 50);
    assertThatNoGapIsSeen();
  }

  private void choose(boolean enabled) {
    stage.run(
        () ->
            stage
                .room()
                .updateSubscription(
                    "bob",
                    "sub",
                    new MediaChoice(true, enabled, LayerPreference.NONE, VideoTerms.CAMERA)));
  }
}
