package dev.sluice.router.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.estimate.WireSize;
import dev.sluice.router.forward.AudioForwarder;
import dev.sluice.router.forward.OutgoingTrack;
import dev.sluice.router.forward.VideoForwarder;
import dev.sluice.router.net.DatagramPorts;
import dev.sluice.router.net.InMemoryNetwork;
import dev.sluice.router.net.InMemoryNetwork.Datagram;
import dev.sluice.router.net.SendBatch;
import dev.sluice.router.pace.PacedSource;
import dev.sluice.router.pace.PacedTrack;
import dev.sluice.router.pace.SendClass;
import dev.sluice.router.pace.SentListener;
import dev.sluice.router.pace.Unsent;
import dev.sluice.router.testkit.PlainTransports;
import dev.sluice.router.testkit.StunMessages;
import dev.sluice.router.track.Layer;
import dev.sluice.router.track.TestLayers;
import dev.sluice.router.track.TestPackets;
import dev.sluice.router.track.VideoPacket;
import dev.sluice.router.worker.Link;
import dev.sluice.router.worker.LinkListener;
import dev.sluice.router.worker.Worker;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.codec.VideoCodec;
import dev.sluice.rtp.extension.ExtensionValues;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DownlinkTest {
  private static final long MILLI = 1_000_000;
  private static final InetSocketAddress PEER = new InetSocketAddress("192.0.2.10", 5000);

  /** What the listener was told. */
  private record Told(int transportSequence, int wireBytes, SendClass sendClass) {}

  private final InMemoryNetwork network = new InMemoryNetwork();
  private final DatagramPorts ports =
      network.open(List.of(InetAddress.ofLiteral("198.51.100.1")), 0);
  private final PlainTransports transports = new PlainTransports();
  private final Worker worker = new Worker(ports, transports, () -> 0);
  private final Link link = worker.openLink(new Silent());
  private final List<Told> told = new ArrayList<>();
  private final Downlink downlink = new Downlink(link, new Listening(), _ -> this.full);
  private final List<Integer> toldAgain = new ArrayList<>();
  private long nowNanos = MILLI;
  private boolean full;

  private final class Listening implements SentListener {
    @Override
    public void onSent(int transportSequence, int wireBytes, SendClass sendClass, long now) {
      told.add(new Told(transportSequence, wireBytes, sendClass));
    }

    @Override
    public void onSentAgain(int transportSequence) {
      toldAgain.add(transportSequence);
    }
  }

  /** A video with one layer on the way down. */
  private final class Video implements PacedSource {
    final Layer layer = TestLayers.simulcast("f").getFirst();
    final VideoForwarder forwarder;
    final PacedTrack paced = new PacedTrack(TestPackets.IDS, this);
    final List<SendClass> sent = new ArrayList<>();
    private final VideoPacket video = new VideoPacket();
    private int sequence = 10;
    private long unsealed;

    Video(int ssrc, boolean rtx) {
      forwarder =
          new VideoForwarder(
              new OutgoingTrack(
                  Optional.of(VideoCodec.VP8),
                  ssrc,
                  100,
                  rtx ? OptionalInt.of(ssrc + 1) : OptionalInt.empty(),
                  rtx ? OptionalInt.of(101) : OptionalInt.empty(),
                  OptionalInt.empty(),
                  90_000,
                  TestPackets.IDS),
              List.of(layer),
              new Random(1));
      downlink.add(paced);
    }

    /** Forwards packets of some 1000 bytes behind a key frame. */
    void forward(int packets) {
      for (int i = 0; i < packets; i++) {
        RtpPacket packet =
            sequence == 10
                ? TestLayers.keyFrame(layer, sequence, 640, 360)
                : TestPackets.packet(
                    TestPackets.VIDEO_TYPE,
                    layer.ssrc(),
                    sequence,
                    sequence,
                    Arrays.copyOf(TestPackets.hex("90e0 8123 45 00 11"), 1_000));
        sequence++;
        layer.onPacket(packet, false, nowNanos);
        assertThat(video.read(packet, layer, VideoCodec.VP8)).isTrue();
        SendBatch batch = Objects.requireNonNull(downlink.begin(1_500));
        int length =
            forwarder.forward(layer, packet, video, nowNanos, batch.buffer(), batch.position());
        downlink.send(batch, length, paced, SendClass.BASE_VIDEO, nowNanos);
      }
    }

    @Override
    public void onSent(SendClass sendClass, int length) {
      sent.add(sendClass);
    }

    @Override
    public void onUnsealed() {
      unsealed++;
    }

    @Override
    public void onOverflow(Unsent unsent) {
      forwarder.takeBack(unsent);
    }

    @Override
    public void onRetransmissionExpired() {
      throw new AssertionError("nothing was asked for again");
    }

    @Override
    public int writeRepeat(int maxBytes, long now, byte[] out, int offset) {
      return forwarder.writeRepeat(maxBytes, now, out, offset);
    }

    @Override
    public int writePadding(int maxBytes, byte[] out, int offset) {
      return forwarder.writePadding(maxBytes, out, offset);
    }
  }

  /** An audio track on the way down. */
  private final class Sound implements PacedSource {
    final Layer layer = TestLayers.simulcast("").getFirst();
    final AudioForwarder forwarder =
        new AudioForwarder(
            new OutgoingTrack(
                Optional.empty(),
                90,
                111,
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                48_000,
                TestPackets.IDS),
            new Random(1));
    final PacedTrack paced = new PacedTrack(TestPackets.IDS, this);
    final List<SendClass> sent = new ArrayList<>();
    private int sequence = 10;

    Sound() {
      downlink.add(paced);
    }

    void forward() {
      RtpPacket packet =
          TestPackets.packet(
              TestPackets.VIDEO_TYPE, layer.ssrc(), sequence, sequence * 960, new byte[80]);
      sequence++;
      SendBatch batch = Objects.requireNonNull(downlink.begin(1_500));
      int length =
          forwarder.forward(layer, packet, null, nowNanos, batch.buffer(), batch.position());
      downlink.sendAudio(batch, length, paced, forwarder.sent(), nowNanos);
    }

    void repeat(int sequenceNumber) {
      int slot = forwarder.sent().take(sequenceNumber, 50 * MILLI, nowNanos);
      downlink.sendAudioAgain(forwarder.sent(), slot, paced, nowNanos);
    }

    @Override
    public void onSent(SendClass sendClass, int length) {
      sent.add(sendClass);
    }

    @Override
    public void onUnsealed() {
      throw new AssertionError("nothing is wrong with it");
    }

    @Override
    public void onOverflow(Unsent unsent) {
      throw new AssertionError("audio does not wait");
    }

    @Override
    public void onRetransmissionExpired() {
      throw new AssertionError("audio does not wait");
    }

    @Override
    public int writeRepeat(int maxBytes, long now, byte[] out, int offset) {
      return 0;
    }

    @Override
    public int writePadding(int maxBytes, byte[] out, int offset) {
      return 0;
    }
  }

  private static final class Silent implements LinkListener {
    @Override
    public void onRtp(byte[] buffer, int offset, int length, long nowNanos) {
      throw new AssertionError("nobody sends");
    }

    @Override
    public void onRtcp(byte[] buffer, int offset, int length, long nowNanos) {
      throw new AssertionError("nobody sends");
    }

    @Override
    public void onConnected(long nowNanos) {
      // The test asks the link.
    }

    @Override
    public void onClosed(boolean wasConnected, String reason) {
      throw new AssertionError("closed: " + reason);
    }
  }

  private void connect() {
    network.inject(
        PEER,
        ports.ports().getFirst().localAddress(),
        StunMessages.bindingRequest(link.localCredentials().usernameFragment()));
    worker.doWork(nowNanos);
    network.takeSentTo(PEER);
  }

  /** What came to the peer since the last call. */
  private List<RtpPacket> received() {
    worker.doWork(nowNanos);
    List<RtpPacket> packets = new ArrayList<>();
    for (Datagram datagram : network.takeSentTo(PEER)) {
      byte[] bytes = datagram.payload();
      packets.add(
          TestPackets.wrapped(Arrays.copyOf(bytes, bytes.length - PlainTransports.TAG.length)));
    }
    return packets;
  }

  private void assertThatTheyAreTold(List<RtpPacket> packets) {
    assertThat(told)
        .extracting(Told::transportSequence, Told::wireBytes)
        .containsExactlyElementsOf(
            packets.stream()
                .map(
                    packet ->
                        org.assertj.core.groups.Tuple.tuple(
                            ExtensionValues.transportSequence(packet, TestPackets.IDS),
                            WireSize.ofRtp(packet.length())))
                .toList());
    for (int i = 0; i < packets.size(); i++) {
      assertThat(told.get(i).transportSequence()).isEqualTo(i);
    }
  }

  @Test
  void packets_are_numbered_and_told_in_the_order_in_which_they_leave() {
    connect();
    Video first = new Video(70, true);
    Video second = new Video(80, true);
    downlink.setRate(1_000_000, nowNanos);
    first.forward(20);
    second.forward(5);
    List<RtpPacket> packets = new ArrayList<>(received());
    assertThat(packets).as("the burst").hasSize(3);
    for (int i = 0; i < 25; i++) {
      nowNanos += 10 * MILLI;
      downlink.onTick(nowNanos);
      packets.addAll(received());
    }
    assertThat(packets).hasSize(25);
    assertThatTheyAreTold(packets);
    assertThat(first.sent).hasSize(20).containsOnly(SendClass.BASE_VIDEO);
    assertThat(packets.stream().filter(packet -> packet.ssrc() == 70))
        .extracting(RtpPacket::sequenceNumber)
        .isSorted();
    assertThat(downlink.queueDelayNanos()).isZero();
    assertThat(downlink.isMeasured(nowNanos)).isFalse();
    assertThat(downlink.sendingBps(nowNanos)).isPositive();
    assertThat(downlink.audioBps(nowNanos)).isZero();
    assertThat(downlink.retransmissionBps(nowNanos)).isZero();
  }

  @Test
  void while_too_much_is_unconfirmed_video_waits() {
    connect();
    Video video = new Video(70, true);
    full = true;
    video.forward(3);
    assertThat(received()).isEmpty();
    full = false;
    downlink.onTick(nowNanos);
    assertThat(received()).hasSize(3);
  }

  @Test
  void what_waits_of_a_track_that_ends_is_never_sent() {
    connect();
    Video ending = new Video(70, true);
    downlink.setRate(100_000, nowNanos);
    ending.forward(20);
    int before = received().size();
    assertThat(ending.paced.isWaiting()).isTrue();
    downlink.remove(ending.paced);
    nowNanos += 500 * MILLI;
    downlink.onTick(nowNanos);
    assertThat(before).isEqualTo(3);
    assertThat(received()).isEmpty();
    assertThat(downlink.sendPadding(500, nowNanos)).isZero();
  }

  @Test
  void a_probe_of_a_switched_off_video_is_padding_of_the_size_asked_for() {
    connect();
    Video video = new Video(70, true);
    int sent = downlink.sendPadding(2_000, nowNanos);
    List<RtpPacket> packets = received();
    assertThat(sent).isBetween(2_000, 2_100);
    assertThat(packets.stream().mapToInt(packet -> WireSize.ofRtp(packet.length())).sum())
        .isEqualTo(sent);
    assertThatTheyAreTold(packets);
    int number = packets.getFirst().sequenceNumber();
    for (RtpPacket packet : packets) {
      assertThat(packet.ssrc()).isEqualTo(71);
      assertThat(packet.payloadType()).isEqualTo(101);
      assertThat(packet.payloadLength()).isZero();
      assertThat(packet.paddingLength()).isPositive();
      assertThat(packet.sequenceNumber()).isEqualTo(number++ & 0xFFFF);
    }
    assertThat(video.sent).hasSameSizeAs(packets).containsOnly(SendClass.PADDING);
    assertThat(downlink.sendingBps(nowNanos)).as("padding is no media").isZero();
  }

  @Test
  void a_probe_of_a_running_video_repeats_what_was_sent_lately() {
    connect();
    Video off = new Video(70, true);
    Video running = new Video(80, true);
    running.forward(6);
    received();
    told.clear();
    int sent = downlink.sendPadding(4_000, nowNanos);
    List<RtpPacket> packets = received();
    assertThat(sent).isBetween(4_000, 4_100);
    assertThat(packets.subList(0, 3))
        .allSatisfy(packet -> assertThat(packet.ssrc()).isEqualTo(81))
        .allSatisfy(packet -> assertThat(packet.payloadLength()).isEqualTo(1_002));
    assertThat(told).extracting(Told::sendClass).containsOnly(SendClass.PADDING);
    assertThat(off.sent).as("what is left is filled up by any").isNotEmpty();
  }

  @Test
  void what_waits_goes_before_padding() {
    connect();
    Video video = new Video(70, true);
    downlink.setRate(100_000, nowNanos);
    video.forward(10);
    received();
    told.clear();
    assertThat(downlink.sendPadding(2_500, nowNanos)).isGreaterThanOrEqualTo(2_500);
    assertThat(told)
        .extracting(Told::sendClass)
        .containsExactly(SendClass.BASE_VIDEO, SendClass.BASE_VIDEO, SendClass.BASE_VIDEO);
  }

  @Test
  void sound_is_sent_again_as_it_was_and_does_not_wait_for_video() {
    connect();
    Sound sound = new Sound();
    sound.forward();
    sound.forward();
    sound.forward();
    List<RtpPacket> packets = received();
    RtpPacket missing = packets.get(1);
    Video video = new Video(70, true);
    downlink.setRate(100_000, nowNanos);
    video.forward(20);
    received();
    int toldBefore = told.size();
    long sealedBefore = link.counters().rtpPacketsOut;

    nowNanos += MILLI;
    sound.repeat(missing.sequenceNumber());

    assertThat(received())
        .singleElement()
        .satisfies(again -> assertThat(bytes(again)).isEqualTo(bytes(missing)));
    assertThat(sound.sent).last().isEqualTo(SendClass.AUDIO_RETRANSMISSION);
    assertThat(toldAgain)
        .containsExactly(ExtensionValues.transportSequence(missing, TestPackets.IDS));
    assertThat(told).as("what feedback is awaited of").hasSize(toldBefore);
    assertThat(link.counters().rtpPacketsOut).isEqualTo(sealedBefore + 1);
    assertThat(downlink.audioBps(nowNanos)).isEqualTo(3 * downlink.retransmissionBps(nowNanos));
    assertThat(video.paced.isWaiting()).isTrue();
  }

  private static byte[] bytes(RtpPacket packet) {
    return Arrays.copyOfRange(packet.buffer(), packet.offset(), packet.offset() + packet.length());
  }

  @Test
  void nothing_fills_up_a_probe_without_rtx_or_before_there_is_a_way() {
    Video video = new Video(70, true);
    assertThat(downlink.sendPadding(1_000, nowNanos)).isZero();
    connect();
    downlink.remove(video.paced);
    assertThat(downlink.sendPadding(1_000, nowNanos)).isZero();
    Video plain = new Video(80, false);
    plain.forward(3);
    received();
    assertThat(downlink.sendPadding(1_000, nowNanos)).isZero();
    assertThat(received()).isEmpty();
    assertThat(plain.unsealed).isZero();
  }
}
