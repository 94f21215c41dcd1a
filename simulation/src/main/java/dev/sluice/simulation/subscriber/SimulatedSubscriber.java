package dev.sluice.simulation.subscriber;

import dev.sluice.router.fallback.VideoQuality;
import dev.sluice.router.live.LiveRoom;
import dev.sluice.router.live.MediaKind;
import dev.sluice.router.live.TrackKey;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.rtcp.RtcpCompound;
import dev.sluice.rtp.rtcp.SenderReport;
import dev.sluice.simulation.media.Formats;
import dev.sluice.simulation.path.Transit;
import dev.sluice.simulation.publisher.PublisherPlan;
import dev.sluice.simulation.router.RouterHost;
import dev.sluice.simulation.router.Wire;
import dev.sluice.testkit.network.EmulatedPath;
import dev.sluice.testkit.network.EventLoop;
import dev.sluice.testkit.network.PathListener;
import dev.sluice.testkit.network.PathTrace;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A peer that subscribes to streams, and remembers what it saw, heard and was told. */
public final class SimulatedSubscriber {
  private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int SSRCS_EACH = 4;

  private final SubscriberPlan plan;
  private final EventLoop loop;
  private final RouterHost host;
  private final EmulatedPath<Transit> downlink;
  private final EmulatedPath<Transit> uplink;
  private final int firstSsrc;
  private final long tickNanos;
  private final List<ReceivedStream> streams = new ArrayList<>();
  private final List<QualityEvent> qualities = new ArrayList<>();
  private final ByteSeries sent = new ByteSeries();
  private final ByteSeries received = new ByteSeries();
  private final FeedbackWriter feedback = new FeedbackWriter();
  private final RtpPacket packet = new RtpPacket();
  private final RtcpCompound rtcp = new RtcpCompound();
  private final SenderReport senderReport = new SenderReport();
  private FeedbackChannel channel = FeedbackChannel.HONEST;
  private InetSocketAddress address;
  private String usernameFragment = "";

  /**
   * Knows nobody yet.
   *
   * @param downlink which others may share
   * @param firstSsrc of those it is sent
   * @param tickNanos how often it looks what to ask for; it tells of arrivals every third time
   */
  public SimulatedSubscriber(
      SubscriberPlan plan,
      EventLoop loop,
      RouterHost host,
      InetSocketAddress address,
      EmulatedPath<Transit> downlink,
      EmulatedPath<Transit> uplink,
      int firstSsrc,
      long tickNanos) {
    this.tickNanos = tickNanos;
    this.plan = plan;
    this.loop = loop;
    this.host = host;
    this.address = address;
    this.downlink = downlink;
    this.uplink = uplink;
    this.firstSsrc = firstSsrc;
    host.attach(address, this::onDatagram);
  }

  public SubscriberPlan plan() {
    return plan;
  }

  /** Subscribes to a stream; the first time it connects, too. */
  public void subscribe(PublisherPlan publisher) {
    LiveRoom room = host.room();
    ReceivedStream stream =
        new ReceivedStream(
            loop, plan.id(), publisher, downlink.trace(), firstSsrc + streams.size() * SSRCS_EACH);
    streams.add(stream);
    String fragment = room.subscribeEndpoint(plan.id()).credentials().usernameFragment();
    room.subscribe(plan.id(), Optional.empty(), stream.tracks(plan));
    if (usernameFragment.isEmpty()) {
      usernameFragment = fragment;
      host.connect(address, usernameFragment);
      long nowNanos = loop.nowNanos();
      loop.every(tickNanos, nowNanos + tickNanos, this::tick);
      loop.every(REPORT_NANOS, nowNanos + REPORT_NANOS, this::report);
    }
  }

  /** Is reached at another address from now on, which a check tells the router. */
  public void moveTo(InetSocketAddress other) {
    address = other;
    host.attach(other, this::onDatagram);
    host.connect(other, usernameFragment);
  }

  /** What becomes of its transport-wide feedback from now on. */
  public void tamper(FeedbackChannel other) {
    channel = other;
  }

  /** Wants to see a stream, or not to: the viewer's own choice, which is no freeze. */
  public void watch(String streamId, boolean wanted) {
    long nowNanos = loop.nowNanos();
    for (ReceivedStream stream : streams) {
      if (stream.streamId().equals(streamId)) {
        host.room()
            .setChoice(
                plan.id(),
                new TrackKey(stream.subscriptionId(), MediaKind.VIDEO),
                wanted,
                plan.preference(),
                plan.terms());
        if (wanted) {
          stream.video().log().resume(nowNanos);
        } else {
          stream.video().log().pause(nowNanos);
        }
      }
    }
  }

  /** The signalling tells of the quality of a video. */
  public void onQuality(String subscriptionId, VideoQuality quality) {
    long nowNanos = loop.nowNanos();
    for (ReceivedStream stream : streams) {
      if (stream.subscriptionId().equals(subscriptionId)) {
        qualities.add(new QualityEvent(nowNanos, stream.streamId(), quality));
        switch (quality) {
          case WARNING -> {}
          case OFF -> stream.video().log().pause(nowNanos);
          case GOOD -> stream.video().log().resume(nowNanos);
        }
      }
    }
  }

  private final class Inbound implements Transit {
    private final byte[] head;
    private final int length;
    private final boolean first;

    Inbound(byte[] head, int length, boolean first) {
      this.head = head;
      this.length = length;
      this.first = first;
    }

    @Override
    public void arrive(long nowNanos) {
      received.add(nowNanos, Wire.bytes(head, length));
      if (Wire.isRtcp(head, 0)) {
        onRtcp(head, nowNanos);
      } else {
        onRtp(head, nowNanos);
      }
    }

    @Override
    public void lose(PathListener.LossCause cause, long nowNanos) {
      ReceivedStream stream = audioStream(head);
      // A copy is sent because the first was lost, and that may have been no chance
      if (stream != null && first && cause == PathListener.LossCause.CHANCE) {
        stream.sound().onLostByChance(packet);
      }
    }
  }

  /** The router sends something. */
  private void onDatagram(byte[] head, int length, long nowNanos) {
    if (!Wire.isMedia(head, 0)) {
      return;
    }
    ReceivedStream stream = audioStream(head);
    boolean first = stream == null || stream.sound().onSent(packet);
    int wireBytes = Wire.bytes(head, length);
    sent.add(nowNanos, wireBytes);
    downlink.send(new Inbound(head, length, first), wireBytes);
  }

  /** The stream whose sound a datagram is, which {@link #packet} then is over; else null. */
  private @Nullable ReceivedStream audioStream(byte[] head) {
    if (Wire.isRtcp(head, 0) || !packet.wrap(head, 0, head.length)) {
      return null;
    }
    for (ReceivedStream stream : streams) {
      if (stream.sound().ssrc() == packet.ssrc()) {
        return stream;
      }
    }
    return null;
  }

  private void onRtp(byte[] head, long nowNanos) {
    if (!packet.wrap(head, 0, head.length)) {
      throw new IllegalStateException("the router sent a malformed packet");
    }
    feedback.onRtp(packet, nowNanos);
    int ssrc = packet.ssrc();
    for (ReceivedStream stream : streams) {
      if (ssrc == stream.sound().ssrc()) {
        stream.onAudio(packet, downlink.trace().at(nowNanos).delayNanos(), nowNanos);
      } else if (ssrc == stream.rtxSsrc()) {
        stream.video().onRepeated(packet, nowNanos);
      } else if (ssrc == stream.video().ssrc() && packet.payloadType() == Formats.VP8) {
        stream.video().onPacket(packet, nowNanos);
      }
    }
  }

  private void onRtcp(byte[] datagram, long nowNanos) {
    rtcp.wrap(datagram, 0, datagram.length);
    while (rtcp.next()) {
      if (senderReport.wrap(rtcp)) {
        feedback.onSenderReport(senderReport, nowNanos);
      }
    }
  }

  private void tick(long nowNanos) {
    feedback.writeArrivals(
        nowNanos, arrivals -> channel.pass(arrivals, this::tell, loop.nowNanos()));
    for (ReceivedStream stream : streams) {
      feedback.writeNeeds(stream.video(), nowNanos, this::tell);
      if (plan.repeatedSound()) {
        feedback.writeNeeds(stream.sound(), nowNanos, this::tell);
      }
    }
  }

  private void report(long nowNanos) {
    feedback.writeReports(streams, nowNanos, this::tell);
  }

  private void tell(byte[] datagram) {
    InetSocketAddress from = address;
    uplink.send(
        new Transit() {
          @Override
          public void arrive(long nowNanos) {
            host.receive(from, datagram, datagram.length);
          }

          @Override
          public void lose(PathListener.LossCause cause, long nowNanos) {
            // Feedback is not repeated.
          }
        },
        Wire.bytes(datagram, datagram.length));
  }

  /** Ends what it remembers. */
  public void close() {
    for (ReceivedStream stream : streams) {
      stream.video().log().close(loop.nowNanos());
      stream.sound().log().close(loop.nowNanos());
    }
  }

  /** What it was told of its videos, in order. */
  public List<QualityEvent> qualities() {
    return Collections.unmodifiableList(qualities);
  }

  /** What it saw, of each stream in the order of subscribing. */
  public List<PictureLog> pictures() {
    return streams.stream().map(stream -> stream.video().log()).toList();
  }

  /** What it heard, of each stream in the order of subscribing. */
  public List<SoundLog> sounds() {
    return streams.stream().map(stream -> stream.sound().log()).toList();
  }

  /** What the router sent it. */
  public ByteSeries sent() {
    return sent;
  }

  /** What arrived of that. */
  public ByteSeries received() {
    return received;
  }

  /** What its downlink is like over time. */
  public PathTrace downlinkTrace() {
    return downlink.trace();
  }
}
