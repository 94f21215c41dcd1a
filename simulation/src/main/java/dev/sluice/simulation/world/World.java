package dev.sluice.simulation.world;

import dev.sluice.router.fallback.VideoQuality;
import dev.sluice.router.live.AdaptationSettings;
import dev.sluice.router.live.ClosedTransport;
import dev.sluice.router.live.LiveListener;
import dev.sluice.router.live.RoomSnapshot;
import dev.sluice.simulation.path.CameraLoad;
import dev.sluice.simulation.path.TcpFlow;
import dev.sluice.simulation.path.Transit;
import dev.sluice.simulation.publisher.PublisherPlan;
import dev.sluice.simulation.publisher.SimulatedPublisher;
import dev.sluice.simulation.router.RouterHost;
import dev.sluice.simulation.subscriber.SimulatedSubscriber;
import dev.sluice.simulation.subscriber.SubscriberPlan;
import dev.sluice.testkit.network.EmulatedPath;
import dev.sluice.testkit.network.EventLoop;
import dev.sluice.testkit.network.PathTrace;
import dev.sluice.testkit.network.Seeds;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One room in virtual time, which starts at zero. */
public final class World implements LiveListener {
  private static final int SSRCS_EACH = 1000;
  private static final int FIRST_SUBSCRIBER_SSRC = 1_000_000;

  private final long seed;
  // libwebrtc asks for lost packets every 20 ms; ours has a tick of 10.
  private final long tickNanos;
  private final boolean pictures;
  private final EventLoop loop = new EventLoop(0);
  private final RouterHost host;
  private final Map<String, SimulatedPublisher> publishers = new HashMap<>();
  private final Map<String, SimulatedSubscriber> subscribers = new HashMap<>();
  private int peers;
  private int moves;

  /**
   * An empty room.
   *
   * @param seed of all that is random in it
   * @param tickNanos how often the router's timers run
   */
  public World(long seed, AdaptationSettings adaptation, long tickNanos) {
    this(seed, adaptation, tickNanos, true);
  }

  /**
   * An empty room.
   *
   * @param pictures whether anybody may subscribe to video: else they hear all, and see nothing
   */
  public World(long seed, AdaptationSettings adaptation, long tickNanos, boolean pictures) {
    this.seed = seed;
    this.tickNanos = tickNanos;
    this.pictures = pictures;
    host = new RouterHost(loop, this, adaptation, Seeds.random(seed, "router"), tickNanos);
  }

  /** Whose moments things can be added for. */
  public EventLoop loop() {
    return loop;
  }

  /** Somebody publishes from now on. */
  public PublisherPlan publish(PublisherPlan plan) {
    int number = peers++;
    publishers.put(
        plan.id(), new SimulatedPublisher(plan, loop, host, address(number), number, seed));
    return plan;
  }

  /** Somebody subscribes from now on, over a path of their own. */
  public SimulatedSubscriber subscribe(SubscriberPlan plan, List<PublisherPlan> streams) {
    return subscribe(plan, path("down to " + plan.id(), plan.downlink()), streams);
  }

  /** Somebody subscribes from now on, over a path that others may share. */
  public SimulatedSubscriber subscribe(
      SubscriberPlan plan, EmulatedPath<Transit> downlink, List<PublisherPlan> streams) {
    return subscribe(plan, downlink, path("up from " + plan.id(), plan.uplink()), streams);
  }

  /** Somebody subscribes from now on, over two paths that others may share. */
  public SimulatedSubscriber subscribe(
      SubscriberPlan plan,
      EmulatedPath<Transit> downlink,
      EmulatedPath<Transit> uplink,
      List<PublisherPlan> streams) {
    int number = peers++;
    SimulatedSubscriber subscriber =
        new SimulatedSubscriber(
            pictures ? plan : plan.withoutPictures(),
            loop,
            host,
            address(number),
            downlink,
            uplink,
            FIRST_SUBSCRIBER_SSRC + number * SSRCS_EACH,
            2 * tickNanos);
    subscribers.put(plan.id(), subscriber);
    streams.forEach(subscriber::subscribe);
    return subscriber;
  }

  /** A path for one subscriber, or for several and what competes with them. */
  public EmulatedPath<Transit> path(String name, PathTrace trace) {
    return Transit.path(loop, trace, Seeds.random(seed, name));
  }

  /** A download over a path. */
  public TcpFlow download(EmulatedPath<Transit> path) {
    return new TcpFlow(loop, path, path.trace().at(loop.nowNanos()).delayNanos());
  }

  /** A camera of somebody's that goes over a path, too; so much of it, on the wire. */
  public void addCamera(EmulatedPath<Transit> path, long bps) {
    CameraLoad.start(loop, path, bps);
  }

  /** An address that nobody has had. */
  public InetSocketAddress anotherAddress() {
    return address(60_000 - moves++);
  }

  private static InetSocketAddress address(int number) {
    byte[] bytes = {(byte) 10, 0, (byte) (number >> 8), (byte) number};
    try {
      return new InetSocketAddress(InetAddress.getByAddress(bytes), 40_000);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }

  /** Lets time pass up to a moment. */
  public void runUntil(long nanos) {
    loop.runUntil(nanos);
  }

  /** Ends what everybody remembers. */
  public void close() {
    subscribers.values().forEach(SimulatedSubscriber::close);
  }

  /** What ended in a fault of the router's. */
  public long faults() {
    return host.faults();
  }

  /** What the router knows of its transports now. */
  public RoomSnapshot snapshot() {
    return host.room().snapshot();
  }

  @Override
  public void onVideoQuality(String peer, String subscriptionId, VideoQuality quality) {
    SimulatedSubscriber subscriber = subscribers.get(peer);
    if (subscriber != null) {
      subscriber.onQuality(subscriptionId, quality);
    }
  }

  @Override
  public void onWantedLayers(String publisher, String streamId, List<String> rids) {
    SimulatedPublisher told = publishers.get(publisher);
    if (told != null) {
      told.onWantedLayers(rids);
    }
  }

  @Override
  public void onActiveSpeaker(String streamId) {
    // The allocator goes by it; nobody here looks at it.
  }

  @Override
  public void onTransportClosed(ClosedTransport closed) {
    throw new IllegalStateException("nobody closes a transport here: " + closed);
  }

  @Override
  public void onStreamInterrupted(String streamId) {
    // A publisher whose uplink is out for long; its subscribers see the freeze.
  }

  @Override
  public void onStreamRestored(String streamId) {
    // Likewise.
  }
}
