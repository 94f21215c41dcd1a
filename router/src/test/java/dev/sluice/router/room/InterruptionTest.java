package dev.sluice.router.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.live.TransportSide;
import dev.sluice.router.testkit.Descriptions.Sends;
import dev.sluice.router.testkit.MediaSource;
import dev.sluice.router.testkit.Stage;
import dev.sluice.router.testkit.StagePeer;
import dev.sluice.rtp.RtpPacket;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Transports that fall silent or end, and what takes their place. */
class InterruptionTest {
  private static final List<Sends> CAMERA = List.of(Sends.OPUS, Sends.VP8);
  private static final List<OfferedTrack> TRACKS =
      List.of(new OfferedTrack("0", "stream"), new OfferedTrack("1", "stream"));

  private final Stage stage = new Stage();
  private final MediaSource audio = MediaSource.opus(11, "0");
  private final MediaSource video = MediaSource.vp8(21, "1", "", 960);

  private void sendAudio(StagePeer peer, int millis) {
    for (int passed = 0; passed < millis; passed += 20) {
      peer.sendAudio(audio);
      stage.pass(20);
    }
  }

  @Test
  void a_publisher_that_is_not_heard_of_for_five_seconds_interrupts_its_streams_once() {
    StagePeer alice = stage.publish("alice", 1, CAMERA, TRACKS);
    sendAudio(alice, 100);
    stage.pass(4_900);
    assertThat(stage.interruptions()).isEmpty();
    stage.pass(200);
    assertThat(stage.interruptions()).containsExactly("interrupted stream");
    stage.pass(20_000);
    assertThat(stage.interruptions()).hasSize(1);
  }

  @Test
  void media_restore_a_stream_and_a_check_alone_does_not() {
    StagePeer alice = stage.publish("alice", 1, CAMERA, TRACKS);
    sendAudio(alice, 100);
    stage.pass(6_000);
    alice.connect("ufrag0");
    stage.pass(100);
    assertThat(stage.interruptions()).containsExactly("interrupted stream");
    sendAudio(alice, 100);
    assertThat(stage.interruptions()).containsExactly("interrupted stream", "restored stream");
    stage.pass(6_000);
    assertThat(stage.interruptions()).hasSize(3).endsWith("interrupted stream");
  }

  @Test
  void checks_keep_a_stream_without_media_from_being_interrupted() {
    StagePeer alice = stage.publish("alice", 1, CAMERA, TRACKS);
    for (int i = 0; i < 10; i++) {
      stage.pass(2_500);
      alice.connect("ufrag0");
    }
    assertThat(stage.interruptions()).isEmpty();
  }

  @Test
  void a_publish_transport_that_ends_leaves_its_streams_to_the_next_one() {
    StagePeer alice = stage.publish("alice", 1, CAMERA, TRACKS);
    StagePeer bob = stage.subscribe("bob", 2, "sub", "stream");
    sendAudio(alice, 100);
    alice.closeTransport();
    assertThat(stage.interruptions()).containsExactly("interrupted stream");
    bob.takeRtp();

    StagePeer again = stage.publish("alice", 3, CAMERA, TRACKS);
    assertThat(stage.interruptions()).hasSize(1);
    sendAudio(again, 100);
    assertThat(stage.interruptions()).containsExactly("interrupted stream", "restored stream");
    assertThat(bob.takeRtp()).hasSize(5);
    assertThat(stage.offers("bob")).hasSize(1);
  }

  @Test
  void an_interrupted_stream_can_end() {
    StagePeer alice = stage.publish("alice", 1, CAMERA, TRACKS);
    alice.closeTransport();
    stage.run(() -> stage.room().unpublish("alice", "stream"));
    stage.run(() -> stage.room().remove("alice"));
    assertThat(stage.room()).asString().contains("0 publishers").contains("0 streams");
  }

  @Test
  void a_subscribe_transport_that_ends_by_itself_is_replaced_by_a_new_peer_connection() {
    StagePeer alice = stage.publish("alice", 1, CAMERA, TRACKS);
    stage.subscribe("bob", 2, "sub", "stream");
    stage.transports().made().getLast().expire();
    stage.runOwn();

    assertThat(stage.closed())
        .containsExactly(new Stage.Closed("bob", TransportSide.SUBSCRIBE, "consent expired"));
    SubscribeOffer offer = stage.offers("bob").getLast();
    assertThat(offer.revision()).isEqualTo(2);
    assertThat(offer.peerConnection()).isEqualTo(2);
    assertThat(offer.tracks()).hasSize(2);

    StagePeer bob = stage.answerAndConnect("bob", 3);
    alice.sendFrame(video, true);
    stage.pass(20);
    assertThat(bob.takeRtp()).extracting(RtpPacket::payloadType).containsExactly(96);
    assertThat(stage.transports().open()).isEqualTo(2);
  }

  @Test
  void a_transport_that_never_connected_is_replaced_by_the_next_offer_only() {
    stage.publish("alice", 1, CAMERA, TRACKS);
    stage.run(() -> stage.room().subscribe("bob", "sub", "stream", Stage.EVERYTHING));
    stage.transports().made().getLast().expire();
    stage.runOwn();
    assertThat(stage.offers("bob")).hasSize(1);

    stage.publish("carol", 4, List.of(Sends.OPUS), List.of(new OfferedTrack("0", "other")));
    stage.run(() -> stage.room().subscribe("bob", "second", "other", Stage.EVERYTHING));
    assertThat(stage.offers("bob")).hasSize(2);
    assertThat(stage.offers("bob").getLast().peerConnection()).isEqualTo(2);
    assertThat(stage.offers("bob").getLast().tracks()).hasSize(3);
  }

  @Test
  void a_subscribe_transport_without_subscriptions_is_replaced_when_there_is_one_again() {
    stage.publish("alice", 1, CAMERA, TRACKS);
    stage.subscribe("bob", 2, "sub", "stream");
    stage.run(() -> stage.room().unsubscribe("bob", "sub"));
    stage.answer("bob");
    stage.transports().made().getLast().expire();
    stage.runOwn();
    assertThat(stage.offers("bob")).hasSize(2);

    stage.run(() -> stage.room().subscribe("bob", "again", "stream", Stage.EVERYTHING));
    assertThat(stage.offers("bob").getLast().peerConnection()).isEqualTo(2);
    assertThat(stage.offers("bob").getLast().revision()).isEqualTo(3);
  }

  @Test
  void a_room_that_is_closed_replaces_nothing() {
    stage.publish("alice", 1, CAMERA, TRACKS);
    stage.subscribe("bob", 2, "sub", "stream");
    stage.transports().made().getLast().expire();
    stage.run(() -> stage.room().close());
    stage.runOwn();
    assertThat(stage.offers("bob")).hasSize(1);
    assertThat(stage.transports().open()).isZero();
  }
}
