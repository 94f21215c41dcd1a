package dev.sluice.router.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.forward.LayerPreference;
import dev.sluice.router.live.MediaKind;
import dev.sluice.router.live.RoomSnapshot;
import dev.sluice.router.live.RoomSnapshot.LayerSnapshot;
import dev.sluice.router.live.RoomSnapshot.TrackSnapshot;
import dev.sluice.router.live.RoomSnapshot.TransportSnapshot;
import dev.sluice.router.live.TransportSide;
import dev.sluice.router.live.VideoTerms;
import dev.sluice.router.testkit.Descriptions.Sends;
import dev.sluice.router.testkit.MediaSource;
import dev.sluice.router.testkit.Rtcp;
import dev.sluice.router.testkit.Stage;
import dev.sluice.router.testkit.StagePeer;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.transport.TransportState;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Preferences of subscribers, and what a room tells of itself. */
class RoomSnapshotTest {
  private static final List<Sends> CAMERA = List.of(Sends.OPUS, Sends.VP8_SIMULCAST);
  private static final List<OfferedTrack> TRACKS =
      List.of(new OfferedTrack("0", "stream"), new OfferedTrack("1", "stream"));

  private final Stage stage = new Stage();
  private final MediaSource audio = MediaSource.opus(11, "0");
  private final MediaSource low = MediaSource.vp8(21, "1", "q", 240);
  private final MediaSource high = MediaSource.vp8(23, "1", "f", 960);

  private RoomSnapshot snapshot() {
    return stage.call(() -> stage.room().snapshot());
  }

  private TransportSnapshot transport(TransportSide side) {
    return snapshot().transports().stream()
        .filter(transport -> transport.side() == side)
        .findFirst()
        .orElseThrow();
  }

  private TrackSnapshot track(TransportSide side, MediaKind kind) {
    return transport(side).tracks().stream()
        .filter(track -> track.kind() == kind)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void an_empty_room_has_its_name() {
    assertThat(snapshot()).isEqualTo(new RoomSnapshot("room", List.of()));
  }

  @Test
  void a_published_track_tells_its_layers_and_what_came_of_them() {
    StagePeer alice = stage.publish("alice", 1, CAMERA, TRACKS);
    alice.sendFrame(low, true);
    alice.sendFrame(high, true);
    stage.pass(20);
    high.lose();
    alice.sendFrame(high, false);
    stage.pass(50);

    TrackSnapshot video = track(TransportSide.PUBLISH, MediaKind.VIDEO);
    assertThat(video.streamId()).isEqualTo("stream");
    assertThat(video.subscriptionId()).isEmpty();
    assertThat(video.codec()).isEqualTo("VP8");
    assertThat(video.traffic().packets()).isEqualTo(3);
    assertThat(video.traffic().bytes()).isGreaterThan(3_000);
    assertThat(video.lost()).isEqualTo(1);
    assertThat(video.nacks()).isEqualTo(1);
    assertThat(video.dropped()).isEmpty();
    assertThat(video.layers()).extracting(LayerSnapshot::rid).containsExactly("q", "h", "f");
    assertThat(video.layers()).extracting(LayerSnapshot::width).containsExactly(240, 0, 960);
    assertThat(video.layers().get(1).bitrateBps()).isZero();
    assertThat(video.layers().get(2).bitrateBps()).isPositive();
  }

  @Test
  void a_subscribed_track_tells_what_was_sent_asked_for_and_lost() {
    StagePeer alice = stage.publish("alice", 1, CAMERA, TRACKS);
    StagePeer bob = stage.subscribe("bob", 2, "sub", "stream");
    alice.sendFrame(high, true);
    alice.sendFrame(high, false);
    stage.pass(20);
    RtpPacket first = bob.takeRtp().getFirst();
    bob.send(Rtcp.nack(first.ssrc(), first.sequenceNumber()));
    bob.send(Rtcp.nack(first.ssrc(), first.sequenceNumber()));
    bob.send(Rtcp.nack(first.ssrc(), first.sequenceNumber() - 9));
    bob.send(Rtcp.pictureLossIndication(first.ssrc()));
    stage.pass(20);

    TrackSnapshot video = track(TransportSide.SUBSCRIBE, MediaKind.VIDEO);
    assertThat(video.subscriptionId()).isEqualTo(Optional.of("sub"));
    assertThat(video.traffic().packets()).isEqualTo(3);
    assertThat(video.retransmitted()).isEqualTo(1);
    assertThat(video.nacks()).isEqualTo(3);
    assertThat(video.keyframeRequests()).isEqualTo(1);
    assertThat(video.dropped())
        .containsEntry("retransmissionTooSoon", 1L)
        .containsEntry("retransmissionUnavailable", 1L);
    assertThat(video.layers()).extracting(LayerSnapshot::rid).containsExactly("f");
    assertThat(track(TransportSide.SUBSCRIBE, MediaKind.AUDIO).layers()).isEmpty();
  }

  @Test
  void sound_that_a_subscriber_misses_is_sent_again_and_counted() {
    StagePeer alice = stage.publish("alice", 1, CAMERA, TRACKS);
    StagePeer bob = stage.subscribe("bob", 2, "sub", "stream");
    alice.sendAudio(audio);
    alice.sendAudio(audio);
    stage.pass(20);
    RtpPacket first = bob.takeRtp().getFirst();
    bob.send(Rtcp.nack(first.ssrc(), first.sequenceNumber()));
    bob.send(Rtcp.nack(first.ssrc(), first.sequenceNumber()));
    bob.send(Rtcp.nack(first.ssrc(), first.sequenceNumber() - 9));
    stage.pass(20);

    assertThat(bob.takeRtp())
        .singleElement()
        .satisfies(again -> assertThat(again.sequenceNumber()).isEqualTo(first.sequenceNumber()));
    TrackSnapshot sound = track(TransportSide.SUBSCRIBE, MediaKind.AUDIO);
    assertThat(sound.traffic().packets()).isEqualTo(3);
    assertThat(sound.retransmitted()).isEqualTo(1);
    assertThat(sound.nacks()).isEqualTo(3);
    assertThat(sound.dropped())
        .containsEntry("retransmissionTooSoon", 1L)
        .containsEntry("retransmissionUnavailable", 1L);
  }

  @Test
  void a_transport_tells_its_state_and_path() {
    stage.publish("alice", 1, CAMERA, TRACKS);
    TransportSnapshot transport = transport(TransportSide.PUBLISH);
    assertThat(transport.peer()).isEqualTo("alice");
    assertThat(transport.state()).isEqualTo(TransportState.CONNECTED);
    assertThat(transport.path()).hasValueSatisfying(p -> assertThat(p.getPort()).isEqualTo(1));
    assertThat(transport.dropped()).isEmpty();
    stage.transports().made().getFirst().counters().srtpReplays = 3;
    assertThat(transport(TransportSide.PUBLISH).dropped()).containsEntry("srtpReplay", 3L);
  }

  @Test
  void subscribers_get_the_layer_that_each_of_them_prefers() {
    StagePeer alice = stage.publish("alice", 1, CAMERA, TRACKS);
    StagePeer bob =
        stage.subscribe(
            "bob",
            2,
            "sub",
            "stream",
            new MediaChoice(true, true, new LayerPreference(240, 1, 0), VideoTerms.CAMERA));
    StagePeer carol = stage.subscribe("carol", 3, "sub", "stream");
    // Until it is known what the layers take
    for (int i = 0; i < 30; i++) {
      alice.sendFrame(low, i % 10 == 0);
      alice.sendFrame(high, i % 10 == 0);
      stage.pass(20);
    }
    alice.sendFrame(low, true);
    alice.sendFrame(high, true);
    stage.pass(20);
    bob.takeRtp();
    carol.takeRtp();
    for (int i = 0; i < 5; i++) {
      alice.sendFrame(low, false);
      alice.sendFrame(high, false);
      stage.pass(20);
    }
    assertThat(lastBytes(bob.takeRtp())).containsOnly((byte) low.ssrc()).hasSize(5);
    assertThat(lastBytes(carol.takeRtp())).containsOnly((byte) high.ssrc()).hasSize(5);

    stage.run(
        () ->
            stage
                .room()
                .updateSubscription(
                    "carol",
                    "sub",
                    new MediaChoice(
                        true, true, new LayerPreference(100, 1, 0), VideoTerms.CAMERA)));
    alice.sendFrame(high, false);
    stage.pass(20);
    assertThat(carol.takeRtp()).as("stopped at once").isEmpty();
    assertThat(Rtcp.pictureLossIndications(alice.takeRtcp())).contains(low.ssrc());
    alice.sendFrame(low, true);
    alice.sendFrame(high, false);
    alice.sendAudio(audio);
    stage.pass(20);
    assertThat(lastBytes(carol.takeRtp())).contains((byte) low.ssrc()).hasSize(2);
  }

  private static List<Byte> lastBytes(List<RtpPacket> packets) {
    return packets.stream()
        .map(packet -> packet.buffer()[packet.payloadOffset() + packet.payloadLength() - 1])
        .toList();
  }
}
