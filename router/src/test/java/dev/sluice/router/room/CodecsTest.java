package dev.sluice.router.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.live.MediaKind;
import dev.sluice.router.testkit.Descriptions;
import dev.sluice.router.testkit.Descriptions.Sends;
import dev.sluice.router.testkit.MediaSource;
import dev.sluice.router.testkit.Stage;
import dev.sluice.router.testkit.Stage.Refused;
import dev.sluice.router.testkit.StagePeer;
import dev.sluice.rtp.RtpPacket;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Codecs that subscribers take, lack, or get changed under way. */
class CodecsTest {
  private static final List<OfferedTrack> TRACKS =
      List.of(new OfferedTrack("0", "stream"), new OfferedTrack("1", "stream"));

  private final Stage stage = new Stage();
  private final MediaSource audio = MediaSource.opus(11, "0");

  private StagePeer publish(Sends video) {
    return stage.publish("alice", 1, List.of(Sends.OPUS, video), TRACKS);
  }

  @Test
  void a_codec_that_the_subscriber_lacks_is_told_and_audio_goes_on() {
    StagePeer alice = publish(Sends.H264);
    stage.run(() -> stage.room().subscribe("bob", "sub", "stream", Stage.EVERYTHING));
    stage.answer("bob", Descriptions::withoutVideo);
    StagePeer bob = stage.peer(2);
    bob.connect(Descriptions.ufrag(stage.offers("bob").getFirst().sdp()));

    assertThat(stage.refused())
        .containsExactly(new Refused("bob", "sub", "stream", MediaKind.VIDEO, "H264"));
    alice.sendAudio(audio);
    alice.sendFrame(MediaSource.h264(21, "1"), true);
    stage.pass(20);
    assertThat(bob.takeRtp()).extracting(RtpPacket::payloadType).containsExactly(111);
  }

  @Test
  void what_was_refused_is_not_offered_again_whatever_else_changes() {
    StagePeer alice = publish(Sends.H264);
    stage.run(() -> stage.room().subscribe("bob", "sub", "stream", Stage.EVERYTHING));
    answerWithoutVideoUntilQuiet();
    stage.publish(
        alice,
        "alice",
        List.of(Sends.OPUS, Sends.H264, Sends.OPUS),
        List.of(TRACKS.get(0), TRACKS.get(1), new OfferedTrack("2", "second")));
    stage.run(() -> stage.room().subscribe("bob", "another", "second", Stage.EVERYTHING));
    answerWithoutVideoUntilQuiet();
    assertThat(offeredKinds()).containsExactly(MediaKind.AUDIO, MediaKind.AUDIO);

    stage.run(() -> stage.room().restartSubscribe("bob", true));
    assertThat(offeredKinds()).containsExactly(MediaKind.AUDIO, MediaKind.AUDIO);
    assertThat(stage.refused()).hasSize(1);
  }

  private List<MediaKind> offeredKinds() {
    return stage.offers("bob").getLast().tracks().stream().map(SubscribeSection::kind).toList();
  }

  private void answerWithoutVideoUntilQuiet() {
    int answered;
    do {
      answered = stage.offers("bob").size();
      stage.answer("bob", Descriptions::withoutVideo);
      assertThat(answered).as("offers without end").isLessThan(10);
    } while (stage.offers("bob").size() > answered);
  }

  @Test
  void a_stream_that_changes_its_codec_is_offered_in_the_new_one() {
    StagePeer alice = publish(Sends.VP8);
    StagePeer bob = stage.subscribe("bob", 2, "sub", "stream");
    alice.sendFrame(MediaSource.vp8(21, "1", "", 960), true);
    stage.pass(20);
    assertThat(bob.takeRtp()).extracting(RtpPacket::payloadType).containsExactly(96);

    stage.publish(alice, "alice", List.of(Sends.OPUS, Sends.H264), TRACKS);
    while (stage.offers("bob").getLast().tracks().size() < 2) {
      stage.answer("bob");
    }
    stage.answer("bob");
    alice.sendFrame(MediaSource.h264(22, "1"), true);
    alice.sendAudio(audio);
    stage.pass(20);
    assertThat(bob.takeRtp())
        .extracting(RtpPacket::payloadType)
        .containsExactlyInAnyOrder(102, 111);
    assertThat(stage.refused()).isEmpty();
  }

  @Test
  void the_layers_of_every_simulcast_codec_are_switched_on_their_key_frames() {
    for (Sends sends : List.of(Sends.VP9_SIMULCAST, Sends.AV1_SIMULCAST)) {
      Stage each = new Stage();
      StagePeer alice = each.publish("alice", 1, List.of(Sends.OPUS, sends), TRACKS);
      StagePeer bob = each.subscribe("bob", 2, "sub", "stream");
      MediaSource low = MediaSource.of(sends, 21, "1", "q", 240);
      MediaSource high = MediaSource.of(sends, 23, "1", "f", 960);
      alice.sendFrame(low, true);
      alice.sendFrame(high, false);
      each.pass(20);
      alice.sendFrame(low, false);
      alice.sendFrame(high, false);
      each.pass(20);
      assertThat(bob.takeRtp()).as("%s: the low one only", sends).hasSize(2);
      // Until it is known what the layers take
      for (int i = 0; i < 20; i++) {
        alice.sendFrame(low, false);
        alice.sendFrame(high, false);
        each.pass(40);
      }
      bob.takeRtp();
      alice.sendFrame(high, true);
      alice.sendFrame(low, false);
      each.pass(20);
      List<RtpPacket> switched = bob.takeRtp();
      assertThat(switched).as("%s: the high one from its key frame on", sends).hasSize(1);
      int end = switched.getFirst().payloadOffset() + switched.getFirst().payloadLength();
      assertThat(switched.getFirst().buffer()[end - 1]).isEqualTo((byte) 23);
      assertThat(each.worker().counters().malformedVideo).isZero();
    }
  }
}
