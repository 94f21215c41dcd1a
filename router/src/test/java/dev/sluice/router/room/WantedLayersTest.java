package dev.sluice.router.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.forward.LayerPreference;
import dev.sluice.router.live.VideoTerms;
import dev.sluice.router.testkit.Descriptions.Sends;
import dev.sluice.router.testkit.MediaSource;
import dev.sluice.router.testkit.Stage;
import dev.sluice.router.testkit.StagePeer;
import dev.sluice.rtp.RtpPacket;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What publishers are told of the encodings that anybody wants. */
class WantedLayersTest {
  private static final List<Sends> CAMERA = List.of(Sends.VP8_SIMULCAST);
  private static final List<OfferedTrack> TRACKS = List.of(new OfferedTrack("0", "stream"));

  private final Stage stage = new Stage();
  private final List<String> rids = List.of("q", "h", "f");
  private final List<MediaSource> encodings =
      List.of(
          MediaSource.vp8(21, "0", "q", 240),
          MediaSource.vp8(22, "0", "h", 480),
          MediaSource.vp8(23, "0", "f", 960));
  private final boolean[] sent = {false, false, false};

  /** Sends what was asked for last; an encoding that starts does so with a key frame. */
  private void send(StagePeer alice, int millis) {
    for (int passed = 0; passed < millis; passed += 50) {
      List<String> told = stage.wantedLayers();
      for (int i = 0; i < rids.size(); i++) {
        boolean asked = told.isEmpty() || told.getLast().contains(rids.get(i));
        if (asked) {
          alice.sendFrame(encodings.get(i), !sent[i] || passed % 500 == 0);
        }
        sent[i] = asked;
      }
      stage.pass(50);
    }
  }

  /** Of somebody who gets the best whatever the network is, which tells nothing of itself here. */
  private static MediaChoice preferring(int width, int height) {
    VideoTerms terms = new VideoTerms(false, false, true);
    return new MediaChoice(true, true, new LayerPreference(width, height, 0), terms);
  }

  private static List<Integer> sources(List<RtpPacket> packets) {
    return packets.stream()
        .map(packet -> (int) packet.buffer()[packet.offset() + packet.length() - 1])
        .distinct()
        .toList();
  }

  @Test
  void who_has_no_subscribers_is_asked_for_the_lowest_only() {
    StagePeer alice = stage.publish("alice", 1, CAMERA, TRACKS);
    send(alice, 5_000);
    assertThat(stage.wantedLayers()).containsExactly("stream [q, h, f]");
    send(alice, 300);
    assertThat(stage.wantedLayers()).containsExactly("stream [q, h, f]", "stream [q]");
    send(alice, 10_000);
    assertThat(stage.wantedLayers()).hasSize(2);
  }

  @Test
  void who_joins_gets_the_lowest_at_once_and_the_one_wanted_when_it_has_come() {
    StagePeer alice = stage.publish("alice", 1, CAMERA, TRACKS);
    send(alice, 10_000);
    StagePeer bob = stage.subscribe("bob", 2, "sub", "stream", preferring(0, 0));
    // No time for the encoding to start yet
    alice.sendFrame(encodings.getFirst(), true);
    stage.pass(20);
    assertThat(sources(bob.takeRtp())).containsExactly(21);
    send(alice, 300);
    assertThat(stage.wantedLayers()).endsWith("stream [q]", "stream [q, f]");
    bob.takeRtp();
    send(alice, 500);
    assertThat(sources(bob.takeRtp())).containsExactly(23);
  }

  @Test
  void an_encoding_stays_on_as_long_as_one_of_many_wants_it() {
    StagePeer alice = stage.publish("alice", 1, CAMERA, TRACKS);
    StagePeer bob = stage.subscribe("bob", 2, "sub1", "stream", preferring(480, 270));
    StagePeer carol = stage.subscribe("carol", 3, "sub2", "stream", preferring(960, 540));
    send(alice, 10_000);
    assertThat(stage.wantedLayers()).containsExactly("stream [q, h, f]");
    stage.run(() -> stage.room().updateSubscription("carol", "sub2", preferring(1, 1)));
    send(alice, 6_000);
    assertThat(stage.wantedLayers()).endsWith("stream [q, h]");
    bob.takeRtp();
    carol.takeRtp();
    send(alice, 500);
    assertThat(sources(bob.takeRtp())).containsExactly(22);
    assertThat(sources(carol.takeRtp())).containsExactly(21);
    stage.run(() -> stage.room().unsubscribe("bob", "sub1"));
    send(alice, 6_000);
    assertThat(stage.wantedLayers()).endsWith("stream [q]");
  }

  @Test
  void a_new_peer_connection_of_the_publisher_is_told_once() {
    StagePeer alice = stage.publish("alice", 1, CAMERA, TRACKS);
    send(alice, 6_000);
    assertThat(stage.wantedLayers()).endsWith("stream [q]");
    StagePeer again = stage.peer(9);
    Arrays.fill(sent, false);
    String fingerprint = stage.transports().fingerprint().replace("AB", "CD");
    stage.publish(again, "alice", fingerprint, CAMERA, TRACKS);
    stage.pass(200);
    assertThat(stage.wantedLayers()).endsWith("stream [q]", "stream [q, h, f]");
  }

  @Test
  void nobody_is_told_of_a_track_without_simulcast() {
    StagePeer alice = stage.publish("alice", 1, List.of(Sends.VP8), TRACKS);
    MediaSource only = MediaSource.vp8(31, "0", "", 960);
    for (int i = 0; i < 120; i++) {
      alice.sendFrame(only, i == 0);
      stage.pass(50);
    }
    assertThat(stage.wantedLayers()).isEmpty();
  }
}
