package dev.sluice.router.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.router.testkit.Descriptions;
import dev.sluice.router.testkit.Descriptions.Sends;
import dev.sluice.router.testkit.MediaSource;
import dev.sluice.router.testkit.Stage;
import dev.sluice.router.testkit.StagePeer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** ICE restarts of both PeerConnections, and a new one in place of one to subscribe on. */
class IceRestartTest {
  private static final List<Sends> MICROPHONE = List.of(Sends.OPUS);
  private static final List<OfferedTrack> TRACKS = List.of(new OfferedTrack("0", "stream"));

  private final Stage stage = new Stage();
  private final MediaSource audio = MediaSource.opus(11, "0");

  private void sendAudio(StagePeer peer) {
    peer.sendAudio(audio);
    stage.pass(20);
  }

  @Test
  void a_publish_offer_with_new_credentials_is_answered_with_new_ones_on_the_same_transport() {
    StagePeer alice = stage.publish("alice", 1, MICROPHONE, TRACKS);
    StagePeer bob = stage.subscribe("bob", 2, "sub", "stream");
    String offer =
        Descriptions.restarted(
            Descriptions.publishOffer(stage.transports().fingerprint(), MICROPHONE));
    String answer = stage.call(() -> stage.room().publish("alice", offer, TRACKS));
    String newUfrag = Descriptions.ufrag(answer);
    assertThat(newUfrag).isNotEqualTo("ufrag0");

    sendAudio(alice);
    assertThat(bob.takeRtp()).as("over the old path").hasSize(1);
    StagePeer moved = stage.peer(3);
    moved.connect(newUfrag);
    sendAudio(moved);
    assertThat(bob.takeRtp()).as("over the new path").hasSize(1);
    assertThat(stage.transports().open()).isEqualTo(2);
    assertThat(stage.offers("bob")).hasSize(1);
  }

  @Test
  void old_credentials_are_unknown_once_the_transport_has_dropped_them() {
    StagePeer alice = stage.publish("alice", 1, MICROPHONE, TRACKS);
    String offer =
        Descriptions.restarted(
            Descriptions.publishOffer(stage.transports().fingerprint(), MICROPHONE));
    stage.call(() -> stage.room().publish("alice", offer, TRACKS));
    alice.connect("ufrag0");
    assertThat(stage.worker().counters().unknownUfrag).isZero();
    stage.transports().made().getFirst().dropOldCredentials();
    alice.connect("ufrag0");
    assertThat(stage.worker().counters().unknownUfrag).isEqualTo(1);
  }

  @Test
  void a_restarted_subscription_gets_an_offer_with_new_credentials_and_media_go_on() {
    StagePeer alice = stage.publish("alice", 1, MICROPHONE, TRACKS);
    StagePeer bob = stage.subscribe("bob", 2, "sub", "stream");
    String before = stage.offers("bob").getLast().sdp();
    stage.run(() -> stage.room().restartSubscribe("bob", false));

    SubscribeOffer offer = stage.offers("bob").getLast();
    assertThat(offer.revision()).isEqualTo(2);
    assertThat(offer.peerConnection()).isEqualTo(1);
    assertThat(Descriptions.ufrag(offer.sdp())).isNotEqualTo(Descriptions.ufrag(before));
    sendAudio(alice);
    assertThat(bob.takeRtp()).hasSize(1);

    StagePeer moved = stage.answerAndConnect("bob", 3);
    sendAudio(alice);
    assertThat(moved.takeRtp()).hasSize(1);
    assertThat(bob.takeRtp()).isEmpty();
  }

  @Test
  void a_restart_while_an_offer_is_outstanding_comes_with_the_next_one() {
    stage.publish("alice", 1, MICROPHONE, TRACKS);
    stage.run(() -> stage.room().subscribe("bob", "sub", "stream", Stage.EVERYTHING));
    stage.run(() -> stage.room().restartSubscribe("bob", false));
    assertThat(stage.offers("bob")).hasSize(1);
    stage.answer("bob");
    assertThat(stage.offers("bob")).hasSize(2);
    assertThat(Descriptions.ufrag(stage.offers("bob").getLast().sdp())).isEqualTo("ufrag1r1");
  }

  @Test
  void a_renewed_subscription_is_a_new_peer_connection_and_ends_the_old_one() {
    StagePeer alice = stage.publish("alice", 1, MICROPHONE, TRACKS);
    StagePeer bob = stage.subscribe("bob", 2, "sub", "stream");
    stage.run(() -> stage.room().restartSubscribe("bob", true));
    SubscribeOffer offer = stage.offers("bob").getLast();
    assertThat(offer.peerConnection()).isEqualTo(2);
    assertThat(offer.revision()).isEqualTo(2);
    assertThat(offer.tracks()).extracting(SubscribeSection::subscriptionId).containsExactly("sub");
    StagePeer renewed = stage.answerAndConnect("bob", 3);
    sendAudio(alice);
    assertThat(renewed.takeRtp()).hasSize(1);
    assertThat(bob.takeRtp()).isEmpty();
    assertThat(stage.transports().open()).isEqualTo(2);
    assertThat(stage.closed()).isEmpty();
  }

  @Test
  void an_answer_to_an_offer_of_the_old_peer_connection_is_stale() {
    stage.publish("alice", 1, MICROPHONE, TRACKS);
    stage.run(() -> stage.room().subscribe("bob", "sub", "stream", Stage.EVERYTHING));
    String first = stage.offers("bob").getFirst().sdp();
    String answer = Descriptions.subscribeAnswer(first, stage.transports().fingerprint());
    stage.run(() -> stage.room().restartSubscribe("bob", true));
    assertThat(stage.offers("bob")).as("at once, though one is outstanding").hasSize(2);
    assertThatThrownBy(() -> stage.run(() -> stage.room().answer("bob", 1, answer)))
        .hasRootCauseMessage("an answer to revision 1 of a PeerConnection that was given up");
    stage.answerAndConnect("bob", 3);
  }

  @Test
  void nothing_is_restarted_for_who_never_subscribed() {
    stage.run(() -> stage.room().restartSubscribe("bob", false));
    stage.run(() -> stage.room().restartSubscribe("bob", true));
    assertThat(stage.offers("bob")).isEmpty();
  }

  @Test
  void a_thousand_restarts_leave_nothing() {
    stage.publish("alice", 1, MICROPHONE, TRACKS);
    stage.subscribe("bob", 2, "sub", "stream");
    for (int i = 0; i < 1000; i++) {
      boolean renew = i % 2 == 0;
      stage.run(() -> stage.room().restartSubscribe("bob", renew));
      stage.answer("bob");
    }
    assertThat(stage.transports().open()).isEqualTo(2);
    assertThat(stage.offers("bob").getLast().peerConnection()).isEqualTo(501);
    stage.run(() -> stage.room().close());
    assertThat(stage.worker().openLinks()).isZero();
  }
}
