package dev.sluice.simulation.publisher;

import dev.sluice.router.live.Endpoint;
import dev.sluice.router.live.LiveRoom;
import dev.sluice.router.live.MediaKind;
import dev.sluice.router.live.PublishedTrack;
import dev.sluice.router.track.InboundSection;
import dev.sluice.rtp.codec.VideoCodec;
import dev.sluice.rtp.rtcp.Nack;
import dev.sluice.rtp.rtcp.PictureLossIndication;
import dev.sluice.rtp.rtcp.RtcpCompound;
import dev.sluice.simulation.media.Formats;
import dev.sluice.simulation.router.RouterHost;
import dev.sluice.simulation.router.Wire;
import dev.sluice.testkit.network.EmulatedPath;
import dev.sluice.testkit.network.EventLoop;
import dev.sluice.testkit.network.PathListener;
import dev.sluice.testkit.network.Seeds;
import dev.sluice.transport.RemoteParameters;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A peer that publishes one stream, and does what the router's feedback asks of it. */
public final class SimulatedPublisher {
  private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(1);
  // setParameters and the encoder's start, after the event came over the WebSocket.
  private static final long LAYERS_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
  private static final int SSRCS_EACH = 16;

  private final PublisherPlan plan;
  private final EventLoop loop;
  private final RouterHost host;
  private final InetSocketAddress address;
  private final EmulatedPath<MediaPacket> videoUplink;
  private final EmulatedPath<MediaPacket> audioUplink;
  private final List<VideoStream> videos = new ArrayList<>();
  private final AudioStream audio;
  private final RtcpCompound rtcp = new RtcpCompound();
  private final Nack nack = new Nack();
  private int transportSequence;

  /**
   * Publishes, and sends from now on.
   *
   * @param number another for each peer of the room
   */
  public SimulatedPublisher(
      PublisherPlan plan,
      EventLoop loop,
      RouterHost host,
      InetSocketAddress address,
      int number,
      long seed) {
    this.plan = plan;
    this.loop = loop;
    this.host = host;
    this.address = address;
    RandomGenerator random = Seeds.random(seed, "publisher " + plan.id());
    Arrivals arrivals = new Arrivals();
    // A browser's pacer lets sound pass the pictures that wait.
    videoUplink =
        new EmulatedPath<>(
            loop, plan.uplink(), Seeds.random(seed, "video of " + plan.id()), arrivals);
    audioUplink =
        new EmulatedPath<>(
            loop, plan.uplink(), Seeds.random(seed, "audio of " + plan.id()), arrivals);
    int ssrc = 1000 + number * SSRCS_EACH;
    audio =
        new AudioStream(
            plan.audio(),
            new OutgoingStream(
                ssrc, Formats.AUDIO_MID, "", Formats.AUDIO_CLOCK_HZ, this::nextSequence, random),
            random);
    for (EncodingPlan encoding : plan.video().encodings()) {
      ssrc += 2;
      videos.add(
          new VideoStream(
              videos.size(),
              encoding,
              plan.video(),
              new OutgoingStream(
                  ssrc,
                  Formats.VIDEO_MID,
                  encoding.rid(),
                  Formats.VIDEO_CLOCK_HZ,
                  this::nextSequence,
                  random),
              random));
    }
    publish();
    start(random);
  }

  private int nextSequence() {
    return transportSequence++ & 0xFFFF;
  }

  private void publish() {
    LiveRoom room = host.room();
    Endpoint endpoint = room.publishEndpoint(plan.id(), false);
    RemoteParameters remote = new RemoteParameters(endpoint.credentials(), "");
    room.publish(
        plan.id(),
        endpoint,
        remote,
        List.of(
            new PublishedTrack(plan.id(), MediaKind.AUDIO, "opus", audioSection(), false),
            new PublishedTrack(plan.id(), MediaKind.VIDEO, "VP8", videoSection(), true)));
    host.attach(address, this::onDatagram);
    host.connect(address, endpoint.credentials().usernameFragment());
  }

  private InboundSection audioSection() {
    return new InboundSection(
        Formats.AUDIO_MID,
        Optional.empty(),
        Formats.OPUS,
        OptionalInt.empty(),
        plan.audio().redundant() ? OptionalInt.of(Formats.RED) : OptionalInt.empty(),
        Formats.AUDIO_CLOCK_HZ,
        Formats.PUBLISHED,
        List.of(),
        List.of(),
        Map.of());
  }

  private InboundSection videoSection() {
    return new InboundSection(
        Formats.VIDEO_MID,
        Optional.of(VideoCodec.VP8),
        Formats.VP8,
        OptionalInt.of(Formats.RTX),
        OptionalInt.empty(),
        Formats.VIDEO_CLOCK_HZ,
        Formats.PUBLISHED,
        videos.stream().map(VideoStream::rid).toList(),
        List.of(),
        Map.of());
  }

  private void start(RandomGenerator random) {
    long nowNanos = loop.nowNanos();
    long frameNanos = (long) (1e9 / plan.video().frameRate());
    long packetNanos = plan.audio().packetNanos();
    loop.every(
        packetNanos,
        nowNanos + random.nextLong(packetNanos),
        now -> send(audioUplink, audio.record(now)));
    loop.every(frameNanos, nowNanos + random.nextLong(frameNanos), this::capture);
    loop.every(REPORT_NANOS, nowNanos + random.nextLong(REPORT_NANOS / 4), this::report);
  }

  private void capture(long nowNanos) {
    double factor = contentFactor(nowNanos);
    for (VideoStream video : videos) {
      video.capture(nowNanos, factor, packet -> send(videoUplink, packet));
    }
  }

  private double contentFactor(long nowNanos) {
    Optional<VideoPlan.Bursts> bursts = plan.video().bursts();
    if (bursts.isEmpty()) {
      return 1;
    }
    long into = nowNanos % bursts.get().everyNanos();
    return into >= bursts.get().everyNanos() - bursts.get().lengthNanos()
        ? bursts.get().factor()
        : 1;
  }

  private void report(long nowNanos) {
    sendIfAny(audioUplink, audio.stream().report(nowNanos));
    for (VideoStream video : videos) {
      sendIfAny(videoUplink, video.stream().report(nowNanos));
    }
  }

  private static void sendIfAny(EmulatedPath<MediaPacket> path, @Nullable MediaPacket packet) {
    if (packet != null) {
      send(path, packet);
    }
  }

  private static void send(EmulatedPath<MediaPacket> path, MediaPacket packet) {
    path.send(packet, Wire.bytes(packet.head(), packet.length()));
  }

  private final class Arrivals implements PathListener<MediaPacket> {
    @Override
    public void onArrival(MediaPacket packet, long nowNanos) {
      host.receive(address, packet.head(), packet.length());
    }

    @Override
    public void onLost(MediaPacket packet, LossCause cause, long nowNanos) {
      // The router asks for it again.
    }
  }

  /** The way down to a publisher is never the bottleneck here. */
  private void onDatagram(byte[] head, int length, long sentNanos) {
    if (Wire.isRtcp(head, 0)) {
      long delayNanos = plan.uplink().at(sentNanos).delayNanos();
      loop.at(sentNanos + delayNanos, now -> onRtcp(head, length, now));
    }
  }

  private void onRtcp(byte[] buffer, int length, long nowNanos) {
    rtcp.wrap(buffer, 0, length);
    while (rtcp.next()) {
      if (nack.wrap(rtcp)) {
        repeat(rtcp.mediaSsrc());
      } else if (PictureLossIndication.matches(rtcp)) {
        askForKeyFrame(rtcp.mediaSsrc(), nowNanos);
      }
    }
  }

  private void repeat(int ssrc) {
    for (VideoStream video : videos) {
      if (video.stream().ssrc() == ssrc) {
        while (nack.next()) {
          sendIfAny(videoUplink, video.stream().repeat(nack.sequenceNumber()));
        }
      }
    }
  }

  private void askForKeyFrame(int ssrc, long nowNanos) {
    for (VideoStream video : videos) {
      if (video.stream().ssrc() == ssrc) {
        video.askForKeyFrame(nowNanos);
      }
    }
  }

  /** The router tells which encodings anybody wants. */
  public void onWantedLayers(List<String> rids) {
    loop.at(
        loop.nowNanos() + LAYERS_NANOS,
        _ -> videos.forEach(video -> video.setActive(rids.contains(video.rid()))));
  }
}
