package dev.sluice.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.router.fallback.VideoQuality;
import dev.sluice.router.live.AdaptationSettings;
import dev.sluice.router.live.MediaKind;
import dev.sluice.router.live.RoomSnapshot;
import dev.sluice.router.live.TransportSide;
import dev.sluice.router.net.NioNetwork;
import dev.sluice.router.room.OfferedTrack;
import dev.sluice.router.room.Room;
import dev.sluice.router.room.RoomListener;
import dev.sluice.router.room.SubscribeOffer;
import dev.sluice.router.testkit.Descriptions;
import dev.sluice.router.testkit.Descriptions.Sends;
import dev.sluice.router.testkit.MediaSource;
import dev.sluice.router.testkit.PlainTransports;
import dev.sluice.router.testkit.Rtcp;
import dev.sluice.router.testkit.SecurePeer;
import dev.sluice.router.testkit.Stage;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.codec.VideoCodec;
import dev.sluice.transport.SecureTransports;
import dev.sluice.transport.Transport;
import dev.sluice.transport.TransportFactory;
import dev.sluice.transport.TransportListener;
import dev.sluice.transport.TransportSettings;
import dev.sluice.transport.TransportState;
import dev.sluice.transport.dtls.DtlsIdentity;
import dev.sluice.transport.srtp.SrtpProfile;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole router over real sockets. */
@Timeout(60)
class MediaRouterTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final List<VideoCodec> CODECS = List.of(VideoCodec.VP8, VideoCodec.H264);
  private static final RoomListener NOBODY = new Offers();

  /** The real transports without their warm-up, which takes seconds and which no test needs. */
  private record ColdTransports(SecureTransports transports) implements TransportFactory {
    @Override
    public Transport create(TransportListener listener, Executor worker) {
      return transports.create(listener, worker);
    }

    @Override
    public String fingerprint() {
      return transports.fingerprint();
    }

    @Override
    public void warmUp() {
      // Left out.
    }

    @Override
    public void close() {
      transports.close();
    }
  }

  private static final class Offers implements RoomListener {
    private final BlockingQueue<SubscribeOffer> offers = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> closed = new LinkedBlockingQueue<>();

    @Override
    public void onSubscribeOffer(String peer, SubscribeOffer offer) {
      offers.add(offer);
    }

    @Override
    public void onSubscriptionRefused(
        String peer, String subscriptionId, String streamId, MediaKind kind, String codec) {
      throw new AssertionError("refused: " + codec);
    }

    @Override
    public void onStreamInterrupted(String streamId) {
      // Follows from a transport that closes, which is what these tests look at.
    }

    @Override
    public void onStreamRestored(String streamId) {
      // As above.
    }

    @Override
    public void onVideoQuality(String peer, String subscriptionId, VideoQuality quality) {
      // Nobody has a bad network here.
    }

    @Override
    public void onActiveSpeaker(String streamId) {
      // Nobody speaks.
    }

    @Override
    public void onWantedLayers(String publisher, String streamId, List<String> rids) {
      // Publishers send what they like.
    }

    @Override
    public void onTransportClosed(String peer, TransportSide side, String reason) {
      closed.add(peer + " " + side);
    }
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void media_goes_from_one_secured_peer_to_another(SrtpProfile profile) throws Exception {
    SecureRandom random = new SecureRandom();
    DtlsIdentity identity = DtlsIdentity.generate(random, Instant.now());
    Offers offers = new Offers();
    try (MediaRouter router = start(1)) {
      Room room = router.open("session", offers);
      String answer =
          room.publish(
              "alice",
              Descriptions.publishOffer(
                  identity.fingerprint(), List.of(Sends.OPUS, Sends.VP8_SIMULCAST)),
              List.of(new OfferedTrack("0", "stream"), new OfferedTrack("1", "stream")));
      room.subscribe("bob", "sub", "stream", Stage.EVERYTHING);
      SubscribeOffer offer = offers.offers.take();
      try (SecurePeer alice = new SecurePeer(identity, profile, answer);
          SecurePeer bob = new SecurePeer(identity, profile, offer.sdp())) {
        alice.connect(Descriptions.ufrag(answer), Descriptions.password(answer));
        answer(room, offer, bob, identity);
        alice.sendRaw(new byte[] {(byte) 0x80, 96, 1, 2, 3});

        MediaSource video = MediaSource.vp8(21, "1", "f", 960);
        MediaSource audio = MediaSource.opus(11, "0");
        alice.sendRtp(video.frame(true, 1));
        alice.sendRtp(audio.audio(2));
        RtpPacket first = bob.nextRtp();
        RtpPacket second = bob.nextRtp();
        assertThat(List.of(first.payloadType(), second.payloadType()))
            .containsExactlyInAnyOrder(96, 111);
        assertThat(alice.nextRtcp()).isNotEmpty();
        assertThat(router.snapshot().getFirst().faults()).isZero();

        room.close();
        assertThat(alice.awaitClose()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void sound_that_was_lost_comes_encrypted_as_before_and_a_second_copy_is_dropped(
      SrtpProfile profile) throws Exception {
    DtlsIdentity identity = DtlsIdentity.generate(new SecureRandom(), Instant.now());
    Offers offers = new Offers();
    try (MediaRouter router = start(1)) {
      Room room = router.open("session", offers);
      String answer = publishSound(room, identity.fingerprint());
      room.subscribe("bob", "sub", "stream", Stage.EVERYTHING);
      SubscribeOffer offer = offers.offers.take();
      try (SecurePeer alice = new SecurePeer(identity, profile, answer);
          SecurePeer bob = new SecurePeer(identity, profile, offer.sdp())) {
        alice.connect(Descriptions.ufrag(answer), Descriptions.password(answer));
        answer(room, offer, bob, identity);

        // Its keys come to the worker a moment after the handshake is over for the peer
        while (subscribed(router).noneMatch(each -> each.state() == TransportState.CONNECTED)) {
          Thread.onSpinWait();
        }
        MediaSource audio = MediaSource.opus(11, "0");
        alice.sendRtp(audio.audio(1));
        RtpPacket first = bob.nextRtp();
        bob.loseNextRtp();
        alice.sendRtp(audio.audio(2));
        int missing = bob.nextLost();
        assertThat(missing).isEqualTo((first.sequenceNumber() + 1) & 0xFFFF);
        bob.sendRtcp(Rtcp.nack(first.ssrc(), missing));
        RtpPacket again = bob.nextRtp();
        assertThat(again.sequenceNumber()).isEqualTo(missing);
        assertThat(again.payloadLength()).isEqualTo(first.payloadLength());

        bob.sendRtcp(Rtcp.nack(first.ssrc(), first.sequenceNumber()));
        while (retransmissions(router) < 2) {
          Thread.onSpinWait();
        }
        alice.sendRtp(audio.audio(3));
        assertThat(bob.nextRtp().sequenceNumber()).isEqualTo((missing + 1) & 0xFFFF);
      }
    }
  }

  private static void answer(Room room, SubscribeOffer offer, SecurePeer bob, DtlsIdentity identity)
      throws Exception {
    String answer = Descriptions.subscribeAnswer(offer.sdp(), identity.fingerprint());
    room.answer("bob", offer.revision(), answer);
    bob.connect(Descriptions.ufrag(offer.sdp()), Descriptions.password(offer.sdp()));
  }

  private static Stream<RoomSnapshot.TransportSnapshot> subscribed(MediaRouter router) {
    return router.rooms().stream()
        .flatMap(room -> room.transports().stream())
        .filter(transport -> transport.side() == TransportSide.SUBSCRIBE);
  }

  private static long retransmissions(MediaRouter router) {
    return subscribed(router)
        .flatMap(transport -> transport.tracks().stream())
        .mapToLong(RoomSnapshot.TrackSnapshot::retransmitted)
        .sum();
  }

  /** Alice publishes sound; returns the answer. */
  private static String publishSound(Room room, String fingerprint) throws Exception {
    return room.publish(
        "alice",
        Descriptions.publishOffer(fingerprint, List.of(Sends.OPUS)),
        List.of(new OfferedTrack("0", "stream")));
  }

  @Test
  void a_peer_that_leaves_without_a_word_to_signalling_is_told() throws Exception {
    DtlsIdentity identity = DtlsIdentity.generate(new SecureRandom(), Instant.now());
    Offers offers = new Offers();
    try (MediaRouter router = start(1)) {
      Room room = router.open("session", offers);
      String answer = publishSound(room, identity.fingerprint());
      try (SecurePeer alice = new SecurePeer(identity, SrtpProfile.AEAD_AES_128_GCM, answer)) {
        alice.connect(Descriptions.ufrag(answer), Descriptions.password(answer));
      }
      assertThat(offers.closed.poll(10, TimeUnit.SECONDS)).isEqualTo("alice PUBLISH");
    }
  }

  @Test
  void a_port_that_is_taken_is_told_before_anything_runs() throws Exception {
    try (MediaRouter first = start(1)) {
      int taken = first.candidates().getFirst().getFirst().getPort();
      RouterSettings settings =
          new RouterSettings(
              List.of(LOOPBACK), List.of(LOOPBACK), taken, 1, CODECS, AdaptationSettings.DEFAULTS);
      assertThatThrownBy(() -> MediaRouter.start(settings, new PlainTransports()))
          .isInstanceOf(RouterStartException.class)
          .hasMessageContaining(":" + taken + " is in use");
    }
  }

  @Test
  void the_second_workers_taken_port_closes_the_first_again() throws Exception {
    try (MediaRouter other = start(1)) {
      int taken = other.candidates().getFirst().getFirst().getPort();
      RouterSettings settings =
          new RouterSettings(
              List.of(LOOPBACK),
              List.of(LOOPBACK),
              taken - 1,
              2,
              CODECS,
              AdaptationSettings.DEFAULTS);
      assertThatThrownBy(() -> MediaRouter.start(settings, new PlainTransports()))
          .isInstanceOf(RouterStartException.class);
      new NioNetwork().open(List.of(LOOPBACK), taken - 1).close();
    }
  }

  @Test
  void rooms_spread_over_the_workers() throws Exception {
    try (MediaRouter router = start(2)) {
      Room first = router.open("session", NOBODY);
      Room second = router.open("session", NOBODY);
      assertThat(router.snapshot()).extracting(WorkerSnapshot::rooms).containsExactly(1, 1);
      assertThat(router.rooms())
          .containsExactly(
              new RoomSnapshot("session", List.of()), new RoomSnapshot("session", List.of()));
      first.close();
      assertThat(router.rooms()).hasSize(1);
      Room third = router.open("session", NOBODY);
      assertThat(router.snapshot()).extracting(WorkerSnapshot::rooms).containsExactly(1, 1);
      second.close();
      third.close();
    }
  }

  @Test
  void it_stops_within_a_second() throws Exception {
    MediaRouter router = start(2);
    Room room = router.open("session", NOBODY);
    long start = System.nanoTime();
    router.close();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    assertThatThrownBy(() -> room.remove("alice")).hasMessageContaining("stopping");
  }

  @Test
  void what_is_advertised_may_differ_from_what_is_bound() throws Exception {
    InetAddress outside = InetAddress.ofLiteral("203.0.113.7");
    RouterSettings settings =
        new RouterSettings(
            List.of(LOOPBACK), List.of(outside), 0, 1, CODECS, AdaptationSettings.DEFAULTS);
    try (MediaRouter router = MediaRouter.start(settings, new PlainTransports())) {
      Room room = router.open("session", NOBODY);
      String answer = publishSound(room, new PlainTransports().fingerprint());
      assertThat(Descriptions.candidate(answer))
          .isEqualTo(router.candidates().getFirst().getFirst());
      assertThat(Descriptions.candidate(answer).getAddress()).isEqualTo(outside);
    }
  }

  @Test
  void settings_that_cannot_be_are_refused() {
    List<InetAddress> one = List.of(LOOPBACK);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RouterSettings(one, one, 0, 0, CODECS, AdaptationSettings.DEFAULTS));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new RouterSettings(one, one, 65_535, 2, CODECS, AdaptationSettings.DEFAULTS));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new RouterSettings(one, List.of(), 0, 1, CODECS, AdaptationSettings.DEFAULTS));
  }

  private static MediaRouter start(int workers) throws RouterStartException {
    SecureTransports transports =
        new SecureTransports(TransportSettings.DEFAULT, new SecureRandom(), Instant.now());
    return MediaRouter.start(
        new RouterSettings(
            List.of(LOOPBACK), List.of(LOOPBACK), 0, workers, CODECS, AdaptationSettings.DEFAULTS),
        new ColdTransports(transports),
        new NioNetwork(),
        new Random(3));
  }
}
