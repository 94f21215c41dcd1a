package dev.sluice.router.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.router.forward.LayerPreference;
import dev.sluice.router.live.MediaKind;
import dev.sluice.router.live.TransportSide;
import dev.sluice.router.live.VideoTerms;
import dev.sluice.router.testkit.Descriptions.Sends;
import dev.sluice.router.testkit.MediaSource;
import dev.sluice.router.testkit.Rtcp;
import dev.sluice.router.testkit.Stage;
import dev.sluice.router.testkit.StagePeer;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.vp8.Vp8Payload;
import dev.sluice.transport.sdp.SdpException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class NegotiatedRoomTest {
  private static final List<Sends> CAMERA = List.of(Sends.OPUS, Sends.VP8_SIMULCAST);
  private static final List<OfferedTrack> CAMERA_TRACKS =
      List.of(new OfferedTrack("0", "stream"), new OfferedTrack("1", "stream"));

  private final Stage stage = new Stage();
  private final MediaSource audio = MediaSource.opus(11, "0");
  private final MediaSource low = MediaSource.vp8(21, "1", "q", 240);
  private final MediaSource middle = MediaSource.vp8(22, "1", "h", 480);
  private final MediaSource high = MediaSource.vp8(23, "1", "f", 960);

  @Test
  void audio_and_video_reach_a_subscriber() {
    StagePeer alice = stage.publish("alice", 1, CAMERA, CAMERA_TRACKS);
    StagePeer bob = stage.subscribe("bob", 2, "sub", "stream");
    alice.sendAudio(audio);
    sendFrames(alice, true);
    stage.pass(20);

    assertThat(bob.takeRtp())
        .extracting(RtpPacket::payloadType)
        .contains(111, 96)
        .doesNotContain(100);
    assertThat(stage.worker().counters().taskFaults).isZero();
    assertThat(stage.worker().counters().datagramFaults).isZero();
    assertThat(LongStream.of(stage.worker().forwardDelays().counts()).sum())
        .as("packets whose delay was measured")
        .isEqualTo(stage.worker().counters().forwardedPackets);
  }

  @Test
  void the_offer_names_the_tracks_of_the_subscription() {
    stage.publish("alice", 1, CAMERA, CAMERA_TRACKS);
    stage.subscribe("bob", 2, "sub", "stream");
    SubscribeOffer offer = stage.offers("bob").getFirst();
    assertThat(offer.revision()).isEqualTo(1);
    assertThat(offer.tracks())
        .containsExactlyInAnyOrder(
            new SubscribeSection("0", MediaKind.AUDIO, "sub", "stream"),
            new SubscribeSection("1", MediaKind.VIDEO, "sub", "stream"));
  }

  @Test
  void fifty_late_subscribers_cost_one_key_frame_request() {
    StagePeer alice = stage.publish("alice", 1, CAMERA, CAMERA_TRACKS);
    sendFrames(alice, true);
    stage.pass(600);
    alice.takeRtcp();
    for (int i = 0; i < 50; i++) {
      stage.subscribe("bob" + i, 100 + i, "sub" + i, "stream");
      if (i % 10 == 0) {
        sendFrames(alice, false);
      }
    }
    stage.pass(20);
    assertThat(Rtcp.pictureLossIndications(alice.takeRtcp())).containsExactly(high.ssrc());

    stage.pass(600);
    assertThat(Rtcp.pictureLossIndications(alice.takeRtcp()))
        .as("asked again until it comes")
        .containsExactly(high.ssrc());
  }

  @Test
  void a_stream_without_subscribers_asks_for_nothing_and_sends_nothing() {
    StagePeer alice = stage.publish("alice", 1, CAMERA, CAMERA_TRACKS);
    alice.takeRtcp();
    for (int i = 0; i < 10; i++) {
      sendFrames(alice, i == 0);
      stage.pass(30);
    }
    assertThat(Rtcp.pictureLossIndications(alice.takeRtcp())).isEmpty();
    assertThat(stage.worker().counters().forwardedPackets).isZero();
    assertThat(stage.worker().counters().receivedPackets).isEqualTo(30);
  }

  @Test
  void the_uplink_carries_a_stream_once_however_many_subscribe() {
    StagePeer alice = stage.publish("alice", 1, CAMERA, CAMERA_TRACKS);
    List<StagePeer> subscribers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      subscribers.add(stage.subscribe("bob" + i, 100 + i, "sub" + i, "stream"));
    }
    for (int i = 0; i < 10; i++) {
      alice.sendAudio(audio);
      stage.pass(20);
    }
    assertThat(stage.worker().counters().receivedPackets).isEqualTo(10);
    assertThat(subscribers).allSatisfy(bob -> assertThat(bob.takeRtp()).hasSize(10));
  }

  @Test
  void the_best_layer_is_forwarded_and_switched_to_on_its_key_frame_only() {
    StagePeer alice = stage.publish("alice", 1, CAMERA, CAMERA_TRACKS);
    StagePeer bob = stage.subscribe("bob", 2, "sub", "stream");
    alice.sendFrame(low, true);
    stage.pass(30);
    alice.sendFrame(low, false);
    alice.sendFrame(middle, false);
    stage.pass(30);
    assertThat(widths(bob.takeRtp())).containsExactly(240, 0);

    alice.sendFrame(low, false);
    alice.sendFrame(middle, true);
    stage.pass(30);
    alice.sendFrame(low, false);
    alice.sendFrame(middle, false);
    stage.pass(30);
    assertThat(widths(bob.takeRtp())).containsExactly(0, 480, 0);
  }

  @Test
  void numbers_go_on_without_a_gap_over_a_switch_of_layers() {
    StagePeer alice = stage.publish("alice", 1, CAMERA, CAMERA_TRACKS);
    StagePeer bob = stage.subscribe("bob", 2, "sub", "stream");
    for (int i = 0; i < 5; i++) {
      alice.sendFrame(low, i == 0);
      stage.pass(30);
    }
    for (int i = 0; i < 5; i++) {
      sendFrames(alice, i == 0);
      stage.pass(30);
    }
    List<Integer> numbers = bob.takeRtp().stream().map(RtpPacket::sequenceNumber).toList();
    assertThat(numbers).hasSizeGreaterThanOrEqualTo(10);
    for (int i = 1; i < numbers.size(); i++) {
      assertThat(numbers.get(i)).isEqualTo((numbers.get(0) + i) & 0xffff);
    }
  }

  @Test
  void a_held_back_medium_stops_and_resumes_without_negotiation() {
    StagePeer alice = stage.publish("alice", 1, CAMERA, CAMERA_TRACKS);
    StagePeer bob = stage.subscribe("bob", 2, "sub", "stream");
    sendFrames(alice, true);
    stage.pass(30);
    bob.takeRtp();
    stage.run(() -> stage.room().updateSubscription("bob", "sub", choice(true, false)));
    alice.sendAudio(audio);
    sendFrames(alice, true);
    stage.pass(30);
    assertThat(bob.takeRtp()).extracting(RtpPacket::payloadType).containsExactly(111);

    stage.pass(600);
    sendFrames(alice, false);
    stage.pass(30);
    alice.takeRtcp();
    stage.run(() -> stage.room().updateSubscription("bob", "sub", Stage.EVERYTHING));
    stage.pass(20);
    assertThat(Rtcp.pictureLossIndications(alice.takeRtcp())).isNotEmpty();
    sendFrames(alice, true);
    stage.pass(30);
    assertThat(bob.takeRtp()).extracting(RtpPacket::payloadType).contains(96);
    assertThat(stage.offers("bob")).hasSize(1);
  }

  @Test
  void a_lost_packet_is_asked_for_at_the_publisher_and_for_the_subscriber_sent_again() {
    StagePeer alice = stage.publish("alice", 1, CAMERA, CAMERA_TRACKS);
    StagePeer bob = stage.subscribe("bob", 2, "sub", "stream");
    settle(alice);
    int lost = high.sequenceNumber();
    high.lose();
    alice.sendFrame(high, false);
    stage.pass(30);
    assertThat(Rtcp.nacks(alice.takeRtcp(), high.ssrc())).contains(lost);

    List<RtpPacket> video =
        bob.takeRtp().stream().filter(packet -> packet.payloadType() == 96).toList();
    RtpPacket missed = video.getLast();
    stage.pass(10);
    bob.takeRtp();
    bob.send(Rtcp.nack(missed.ssrc(), missed.sequenceNumber()));
    stage.pass(10);
    assertThat(bob.takeRtp())
        .singleElement()
        .satisfies(
            packet -> {
              assertThat(packet.payloadType()).isEqualTo(97);
              int at = packet.payloadOffset();
              int original = (packet.buffer()[at] & 0xff) << 8 | (packet.buffer()[at + 1] & 0xff);
              assertThat(original).isEqualTo(missed.sequenceNumber());
            });
  }

  @Test
  void a_picture_loss_of_a_subscriber_becomes_one_of_the_forwarded_layer() {
    StagePeer alice = stage.publish("alice", 1, CAMERA, CAMERA_TRACKS);
    StagePeer bob = stage.subscribe("bob", 2, "sub", "stream");
    settle(alice);
    stage.pass(600);
    sendFrames(alice, false);
    stage.pass(10);
    alice.takeRtcp();
    int ssrc =
        bob.takeRtp().stream().filter(p -> p.payloadType() == 96).findFirst().orElseThrow().ssrc();
    bob.send(Rtcp.pictureLossIndication(ssrc));
    stage.pass(20);
    assertThat(Rtcp.pictureLossIndications(alice.takeRtcp())).containsExactly(high.ssrc());
  }

  @Test
  void a_publisher_gets_transport_feedback_and_receiver_reports() {
    StagePeer alice = stage.publish("alice", 1, CAMERA, CAMERA_TRACKS);
    for (int i = 0; i < 60; i++) {
      alice.sendAudio(audio);
      stage.pass(20);
    }
    List<byte[]> rtcp = alice.takeRtcp();
    assertThat(Rtcp.transportFeedbacks(rtcp)).isBetween(20, 26);
    assertThat(Rtcp.reportedSsrcs(rtcp)).containsExactly(audio.ssrc());
  }

  @Test
  void a_subscriber_gets_sender_reports_once_the_publishers_came() {
    StagePeer alice = stage.publish("alice", 1, CAMERA, CAMERA_TRACKS);
    StagePeer bob = stage.subscribe("bob", 2, "sub", "stream");
    alice.sendAudio(audio);
    stage.pass(20);
    assertThat(Rtcp.senderReports(bob.takeRtcp())).isZero();
    alice.send(Rtcp.senderReport(audio.ssrc(), 0x1234_5678_0000_0000L, 1000));
    for (int i = 0; i < 100; i++) {
      alice.sendAudio(audio);
      stage.pass(20);
    }
    assertThat(Rtcp.senderReports(bob.takeRtcp())).isBetween(2, 3);
  }

  @Test
  void every_packet_down_one_transport_has_the_next_transport_wide_number() {
    StagePeer alice = stage.publish("alice", 1, CAMERA, CAMERA_TRACKS);
    StagePeer bob = stage.subscribe("bob", 2, "sub", "stream");
    for (int i = 0; i < 20; i++) {
      alice.sendAudio(audio);
      sendFrames(alice, i == 0);
      stage.pass(20);
    }
    List<RtpPacket> packets = bob.takeRtp();
    assertThat(packets).hasSizeGreaterThanOrEqualTo(20);
    for (int i = 0; i < packets.size(); i++) {
      RtpPacket packet = packets.get(i);
      int at = packet.extensionOffset(3);
      assertThat((packet.buffer()[at] & 0xff) << 8 | (packet.buffer()[at + 1] & 0xff)).isEqualTo(i);
    }
  }

  @Test
  void a_stream_that_ends_takes_its_subscriptions_with_it() {
    StagePeer alice = stage.publish("alice", 1, CAMERA, CAMERA_TRACKS);
    StagePeer bob = stage.subscribe("bob", 2, "sub", "stream");
    stage.run(() -> stage.room().unpublish("alice", "stream"));
    assertThat(stage.offers("bob")).hasSize(2);
    assertThat(stage.offers("bob").getLast().tracks()).isEmpty();

    sendFrames(alice, true);
    stage.pass(30);
    assertThat(bob.takeRtp()).isEmpty();
    assertThat(stage.worker().counters().unknownRtp).isPositive();
  }

  @Test
  void an_m_section_that_is_reused_for_another_stream_starts_afresh() {
    StagePeer alice = stage.publish("alice", 1, CAMERA, CAMERA_TRACKS);
    stage.run(() -> stage.room().unpublish("alice", "stream"));
    stage.publish(
        alice,
        "alice",
        CAMERA,
        List.of(new OfferedTrack("0", "second"), new OfferedTrack("1", "second")));
    StagePeer bob = stage.subscribe("bob", 2, "sub", "second");
    MediaSource otherSsrc = MediaSource.vp8(99, "1", "f", 960);
    alice.sendFrame(otherSsrc, true);
    stage.pass(30);
    assertThat(widths(bob.takeRtp())).containsExactly(960);
  }

  @Test
  void video_that_a_stream_gains_later_is_offered_to_its_subscribers() {
    StagePeer alice =
        stage.publish("alice", 1, List.of(Sends.OPUS), List.of(new OfferedTrack("0", "stream")));
    StagePeer bob = stage.subscribe("bob", 2, "sub", "stream");
    assertThat(stage.offers("bob").getLast().tracks()).hasSize(1);
    stage.publish(alice, "alice", CAMERA, CAMERA_TRACKS);
    assertThat(stage.offers("bob").getLast().tracks()).hasSize(2);
    stage.answer("bob");
    alice.sendFrame(high, true);
    stage.pass(30);
    assertThat(widths(bob.takeRtp())).containsExactly(960);
  }

  @Test
  void an_answer_to_another_revision_is_refused() {
    stage.publish("alice", 1, CAMERA, CAMERA_TRACKS);
    stage.subscribe("bob", 2, "sub", "stream");
    String sdp = stage.offers("bob").getFirst().sdp();
    assertThatThrownBy(() -> stage.run(() -> stage.room().answer("bob", 1, sdp)))
        .hasRootCauseMessage("an answer to revision 1, outstanding is none");
  }

  @Test
  void an_answer_to_nothing_is_refused() {
    stage.publish("alice", 1, CAMERA, CAMERA_TRACKS);
    assertThatThrownBy(() -> stage.run(() -> stage.room().answer("bob", 1, "v=0\r\n")))
        .hasRootCauseMessage("an answer to revision 1, nothing was ever offered");
  }

  @Test
  void a_transport_that_the_peer_closes_is_told_and_a_new_offer_starts_afresh() {
    StagePeer alice = stage.publish("alice", 1, CAMERA, CAMERA_TRACKS);
    alice.closeTransport();
    assertThat(stage.closed())
        .containsExactly(new Stage.Closed("alice", TransportSide.PUBLISH, "close_notify"));

    StagePeer again = stage.publish("alice", 3, CAMERA, CAMERA_TRACKS);
    StagePeer bob = stage.subscribe("bob", 2, "sub", "stream");
    again.sendFrame(high, true);
    stage.pass(30);
    assertThat(widths(bob.takeRtp())).containsExactly(960);
  }

  @Test
  void a_publisher_that_comes_back_goes_on_in_the_same_subscription() {
    StagePeer alice = stage.publish("alice", 1, CAMERA, CAMERA_TRACKS);
    StagePeer bob = stage.subscribe("bob", 2, "sub", "stream");
    alice.sendFrame(high, true);
    stage.pass(30);
    alice.closeTransport();
    StagePeer again = stage.publish("alice", 3, CAMERA, CAMERA_TRACKS);
    again.sendFrame(high, true);
    stage.pass(30);
    List<RtpPacket> packets = bob.takeRtp();
    assertThat(widths(packets)).containsExactly(960, 960);
    assertThat(packets.get(1).sequenceNumber())
        .isEqualTo((packets.get(0).sequenceNumber() + 1) & 0xffff);
    assertThat(stage.offers("bob")).hasSize(1);
  }

  @Test
  void an_offer_with_another_certificate_is_of_a_new_peer_connection() {
    StagePeer alice = stage.publish("alice", 1, CAMERA, CAMERA_TRACKS);
    StagePeer bob = stage.subscribe("bob", 2, "sub", "stream");
    alice.sendFrame(high, true);
    stage.pass(30);
    StagePeer again = stage.peer(3);
    String fingerprint = stage.transports().fingerprint().replace("AB", "CD");
    stage.publish(again, "alice", fingerprint, CAMERA, CAMERA_TRACKS);
    again.sendFrame(high, true);
    stage.pass(30);
    assertThat(widths(bob.takeRtp())).containsExactly(960, 960);
    assertThat(stage.transports().open()).isEqualTo(2);
    assertThat(stage.closed()).isEmpty();
  }

  @Test
  void a_refused_offer_leaves_everything_as_it_was() {
    StagePeer alice = stage.publish("alice", 1, CAMERA, CAMERA_TRACKS);
    StagePeer bob = stage.subscribe("bob", 2, "sub", "stream");
    for (String sdp : List.of("", "v=0\r\n", "x".repeat(1000))) {
      assertThatThrownBy(() -> stage.run(() -> stage.room().publish("alice", sdp, CAMERA_TRACKS)))
          .rootCause()
          .isInstanceOf(SdpException.class);
      assertThatThrownBy(() -> stage.run(() -> stage.room().publish("carol", sdp, List.of())))
          .rootCause()
          .isInstanceOf(SdpException.class);
    }
    alice.sendFrame(high, true);
    stage.pass(30);
    assertThat(widths(bob.takeRtp())).containsExactly(960);
    assertThat(stage.transports().open()).isEqualTo(2);
    assertThat(stage.offers("bob")).hasSize(1);
  }

  @Test
  void a_stream_of_another_peer_cannot_be_taken_over() {
    stage.publish("alice", 1, CAMERA, CAMERA_TRACKS);
    assertThatThrownBy(() -> stage.publish("mallory", 2, CAMERA, CAMERA_TRACKS))
        .hasRootCauseInstanceOf(IllegalArgumentException.class);
    stage.run(() -> stage.room().unpublish("mallory", "stream"));
    stage.subscribe("bob", 3, "sub", "stream");
    assertThat(stage.offers("bob").getLast().tracks()).hasSize(2);
  }

  @Test
  void a_fault_in_one_transport_costs_the_others_nothing() {
    StagePeer alice = stage.publish("alice", 1, CAMERA, CAMERA_TRACKS);
    StagePeer bob = stage.subscribe("bob", 2, "sub", "stream");
    StagePeer carol = stage.publish("carol", 3, CAMERA, List.of(new OfferedTrack("1", "other")));
    stage.transports().made().getLast().poison();
    carol.sendFrame(high, true);
    alice.sendFrame(low, true);
    stage.pass(30);
    assertThat(widths(bob.takeRtp())).containsExactly(240);
    assertThat(stage.worker().counters().datagramFaults).isEqualTo(1);
  }

  @Test
  void a_thousand_peers_that_come_and_go_leave_nothing() {
    for (int i = 0; i < 1000; i++) {
      String alice = "alice" + i;
      String bob = "bob" + i;
      String stream = "stream" + i;
      StagePeer publisher =
          stage.publish(
              alice,
              1 + i,
              CAMERA,
              List.of(new OfferedTrack("0", stream), new OfferedTrack("1", stream)));
      stage.subscribe(bob, 1 + i, "sub", stream);
      publisher.sendFrame(high, true);
      stage.turn();
      List<String> leaving = i % 2 == 0 ? List.of(alice, bob) : List.of(bob, alice);
      stage.run(() -> leaving.forEach(stage.room()::remove));
    }
    assertThat(stage.transports().open()).isZero();
    assertThat(stage.worker().openLinks()).isZero();
    assertThat(stage.room())
        .hasToString(
            "NegotiatedRoom[0 publishers, 0 subscribers, 0 streams, LiveRoom[0 peers, 0 streams]]");
    stage.run(() -> stage.room().close());
    stage.run(() -> stage.room().close());
    stage.pass(1000);
    assertThat(stage.worker().counters().taskFaults).isZero();
  }

  private static MediaChoice choice(boolean audio, boolean video) {
    return new MediaChoice(audio, video, LayerPreference.NONE, VideoTerms.CAMERA);
  }

  /** Until it is known what the layers take, and the best one is forwarded. */
  private void settle(StagePeer alice) {
    for (int i = 0; i < 30; i++) {
      sendFrames(alice, i % 10 == 0);
      stage.pass(20);
    }
    sendFrames(alice, true);
    stage.pass(20);
  }

  private void sendFrames(StagePeer alice, boolean key) {
    alice.sendFrame(low, key);
    alice.sendFrame(middle, key);
    alice.sendFrame(high, key);
  }

  /** The width of each video packet's key frame, 0 for others; all of one SSRC. */
  private static List<Integer> widths(List<RtpPacket> packets) {
    Set<Integer> ssrcs = new HashSet<>();
    List<Integer> widths = new ArrayList<>();
    for (RtpPacket packet : packets) {
      Vp8Payload payload = new Vp8Payload();
      assertThat(payload.wrap(packet.buffer(), packet.payloadOffset(), packet.payloadLength()))
          .isTrue();
      ssrcs.add(packet.ssrc());
      widths.add(Math.max(0, payload.keyFrameWidth()));
    }
    assertThat(ssrcs).hasSizeLessThanOrEqualTo(1);
    return widths;
  }
}
