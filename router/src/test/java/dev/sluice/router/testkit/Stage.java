package dev.sluice.router.testkit;

import dev.sluice.router.fallback.VideoQuality;
import dev.sluice.router.forward.LayerPreference;
import dev.sluice.router.live.AdaptationSettings;
import dev.sluice.router.live.MediaKind;
import dev.sluice.router.live.TransportSide;
import dev.sluice.router.live.VideoTerms;
import dev.sluice.router.net.DatagramPorts;
import dev.sluice.router.net.InMemoryNetwork;
import dev.sluice.router.room.MediaChoice;
import dev.sluice.router.room.NegotiatedRoom;
import dev.sluice.router.room.NegotiationSettings;
import dev.sluice.router.room.OfferedTrack;
import dev.sluice.router.room.Room;
import dev.sluice.router.room.RoomListener;
import dev.sluice.router.room.SubscribeOffer;
import dev.sluice.router.worker.Worker;
import dev.sluice.transport.negotiation.MediaCapabilities;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * A room on a worker that the test drives by hand: plain transports, a network in memory, a clock
 * that only {@link #pass} moves.
 */
public final class Stage implements RoomListener {
  /** A transport that ended by itself. */
  public record Closed(String peer, TransportSide side, String reason) {}

  /** A medium that an answer took no codec for. */
  public record Refused(
      String peer, String subscriptionId, String streamId, MediaKind kind, String codec) {}

  /** Both media, in the best quality. */
  public static final MediaChoice EVERYTHING =
      new MediaChoice(true, true, LayerPreference.NONE, VideoTerms.CAMERA);

  private static final InetAddress ADDRESS = InetAddress.ofLiteral("198.51.100.1");

  private final InMemoryNetwork network = new InMemoryNetwork();
  private final PlainTransports transports = new PlainTransports();
  private final DatagramPorts ports = network.open(List.of(ADDRESS), 0);
  private final Worker worker = new Worker(ports, transports, () -> 0);
  private final Room room;
  private final Map<String, List<SubscribeOffer>> offers = new HashMap<>();
  private final List<Closed> closed = new ArrayList<>();
  private final List<Refused> refused = new ArrayList<>();
  private final List<String> interruptions = new ArrayList<>();
  private final List<String> qualities = new ArrayList<>();
  private final List<String> speakers = new ArrayList<>();
  private final List<String> wantedLayers = new ArrayList<>();
  private final List<Runnable> own = new ArrayList<>();
  private long nowNanos = 1;

  public Stage() {
    NegotiationSettings settings =
        new NegotiationSettings(
            MediaCapabilities.standard(),
            transports.fingerprint(),
            List.of(new InetSocketAddress(ADDRESS, ports.portNumber())),
            AdaptationSettings.DEFAULTS,
            new Random(7));
    room = call(() -> NegotiatedRoom.open("room", worker, this, settings, own::add, _ -> {}));
  }

  @Override
  public void onSubscribeOffer(String peer, SubscribeOffer offer) {
    offers.computeIfAbsent(peer, _ -> new ArrayList<>()).add(offer);
  }

  @Override
  public void onTransportClosed(String peer, TransportSide side, String reason) {
    closed.add(new Closed(peer, side, reason));
  }

  @Override
  public void onSubscriptionRefused(
      String peer, String subscriptionId, String streamId, MediaKind kind, String codec) {
    refused.add(new Refused(peer, subscriptionId, streamId, kind, codec));
  }

  @Override
  public void onStreamInterrupted(String streamId) {
    interruptions.add("interrupted " + streamId);
  }

  @Override
  public void onStreamRestored(String streamId) {
    interruptions.add("restored " + streamId);
  }

  @Override
  public void onVideoQuality(String peer, String subscriptionId, VideoQuality quality) {
    qualities.add(subscriptionId + " " + quality);
  }

  @Override
  public void onActiveSpeaker(String streamId) {
    speakers.add(streamId);
  }

  @Override
  public void onWantedLayers(String publisher, String streamId, List<String> rids) {
    wantedLayers.add(streamId + " " + rids);
  }

  /** What subscribers were told of the quality, as "subscription QUALITY". */
  public List<String> qualities() {
    return qualities;
  }

  /** The streams that became those of the active speaker. */
  public List<String> speakers() {
    return speakers;
  }

  /** What publishers were told of their layers, as "stream [rids]". */
  public List<String> wantedLayers() {
    return wantedLayers;
  }

  public Worker worker() {
    return worker;
  }

  public Room room() {
    return room;
  }

  public PlainTransports transports() {
    return transports;
  }

  public InMemoryNetwork network() {
    return network;
  }

  public InetSocketAddress address() {
    return new InetSocketAddress(ADDRESS, ports.portNumber());
  }

  public List<Closed> closed() {
    return closed;
  }

  public List<Refused> refused() {
    return refused;
  }

  /** What was told of streams, in order: the word and the stream's id. */
  public List<String> interruptions() {
    return interruptions;
  }

  /** Does what the room has to do of itself. */
  public void runOwn() {
    List<Runnable> tasks = List.copyOf(own);
    own.clear();
    tasks.forEach(task -> run(task::run));
  }

  /** All offers made to a peer so far. */
  public List<SubscribeOffer> offers(String peer) {
    return offers.getOrDefault(peer, List.of());
  }

  /** Runs a blocking call of the room while the worker is driven. */
  public <T> T call(Callable<T> task) {
    FutureTask<T> future = new FutureTask<>(task);
    Thread.ofVirtual().start(future);
    while (!future.isDone()) {
      worker.doWork(nowNanos);
      Thread.onSpinWait();
    }
    try {
      return future.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError("a call of the room failed", e);
    }
  }

  public void run(Task task) {
    call(
        () -> {
          task.run();
          return true;
        });
  }

  /** A call of the room without a result. */
  public interface Task {
    void run() throws Exception;
  }

  /** Lets time pass in turns of 5 ms. */
  public void pass(long millis) {
    for (long passed = 0; passed < millis; passed += 5) {
      nowNanos += TimeUnit.MILLISECONDS.toNanos(5);
      worker.doWork(nowNanos);
    }
  }

  /** One turn of the worker without time passing. */
  public void turn() {
    worker.doWork(nowNanos);
  }

  /** A peer that has not connected yet. */
  public StagePeer peer(int portNumber) {
    return new StagePeer(this, new InetSocketAddress("192.0.2.10", portNumber));
  }

  /** Publishes and connects. */
  public StagePeer publish(
      String peer, int portNumber, List<Descriptions.Sends> sections, List<OfferedTrack> tracks) {
    StagePeer publisher = peer(portNumber);
    publish(publisher, peer, sections, tracks);
    return publisher;
  }

  /** Negotiates again with a publisher that is there. */
  public void publish(
      StagePeer publisher,
      String peer,
      List<Descriptions.Sends> sections,
      List<OfferedTrack> tracks) {
    publish(publisher, peer, transports.fingerprint(), sections, tracks);
  }

  /** Negotiates with a publisher that has this certificate. */
  public void publish(
      StagePeer publisher,
      String peer,
      String fingerprint,
      List<Descriptions.Sends> sections,
      List<OfferedTrack> tracks) {
    String offer = Descriptions.publishOffer(fingerprint, sections);
    String answer = call(() -> room.publish(peer, offer, tracks));
    publisher.connect(Descriptions.ufrag(answer));
  }

  /** Subscribes and answers what is offered; connects with the first answer. */
  public StagePeer subscribe(String peer, int portNumber, String subscription, String stream) {
    return subscribe(peer, portNumber, subscription, stream, EVERYTHING);
  }

  /** As above, with a choice. */
  public StagePeer subscribe(
      String peer, int portNumber, String subscription, String stream, MediaChoice choice) {
    run(() -> room.subscribe(peer, subscription, stream, choice));
    return answerAndConnect(peer, portNumber);
  }

  /** Answers the last offer that was made to a peer and connects to it from a port. */
  public StagePeer answerAndConnect(String peer, int portNumber) {
    return answerAndConnect(peer, portNumber, UnaryOperator.identity());
  }

  /** As {@link #answerAndConnect(String, int)}, with something changed in the answer. */
  public StagePeer answerAndConnect(String peer, int portNumber, UnaryOperator<String> change) {
    StagePeer subscriber = new StagePeer(this, new InetSocketAddress("192.0.2.20", portNumber));
    answer(peer, change);
    subscriber.connect(Descriptions.ufrag(offers(peer).getLast().sdp()));
    return subscriber;
  }

  /** Answers the last offer that was made to a peer. */
  public void answer(String peer) {
    answer(peer, UnaryOperator.identity());
  }

  /** As {@link #answer(String)}, with something changed in the answer. */
  public void answer(String peer, UnaryOperator<String> change) {
    SubscribeOffer offer = offers(peer).getLast();
    String answer = Descriptions.subscribeAnswer(offer.sdp(), transports.fingerprint());
    run(() -> room.answer(peer, offer.revision(), change.apply(answer)));
  }
}
