package dev.sluice.router.room;

import dev.sluice.router.forward.OutgoingTrack;
import dev.sluice.router.live.Endpoint;
import dev.sluice.router.live.MediaKind;
import dev.sluice.router.live.SubscribedTrack;
import dev.sluice.router.live.TrackKey;
import dev.sluice.transport.IceCredentials;
import dev.sluice.transport.negotiation.AcceptedTrack;
import dev.sluice.transport.negotiation.NegotiationException;
import dev.sluice.transport.negotiation.Refusal;
import dev.sluice.transport.negotiation.SentTrack;
import dev.sluice.transport.negotiation.SubscribeNegotiation;
import dev.sluice.transport.negotiation.SubscriptionAnswer;
import dev.sluice.transport.negotiation.SupportedCodec;
import dev.sluice.transport.negotiation.TrackLabel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The negotiation of one peer's subscribe PeerConnections, one after the other, and the
 * subscriptions they carry.
 */
final class SubscribeSide {
  private final NegotiationSettings settings;
  private final Map<String, Subscription> subscriptions = new HashMap<>();
  // Those refused too, so that they are not offered in the same codec again.
  private final Map<TrackKey, SupportedCodec> codecs = new LinkedHashMap<>();
  private final Set<TrackKey> refused = new HashSet<>();
  private SubscribeNegotiation<TrackKey> negotiation;
  private long generation;
  private int peerConnection = 1;
  private int lastRevision;
  private int revisionsBefore;
  private boolean lost;

  SubscribeSide(Endpoint endpoint, NegotiationSettings settings) {
    this.settings = settings;
    generation = endpoint.generation();
    negotiation = negotiation(endpoint);
  }

  private SubscribeNegotiation<TrackKey> negotiation(Endpoint endpoint) {
    return new SubscribeNegotiation<>(
        settings.capabilities(),
        settings.local(endpoint.credentials()),
        settings.newSdpSessionId(),
        settings.random()::nextInt);
  }

  Map<String, Subscription> subscriptions() {
    return subscriptions;
  }

  /** The transport of this generation has ended by itself; one before may have, long ago. */
  void lose(long endedGeneration) {
    lost |= endedGeneration == generation;
  }

  /** Whether there is something to offer, and no transport any more to offer it on. */
  boolean needsRenewal() {
    return lost && !subscriptions.isEmpty();
  }

  /** Puts other credentials of ours into the next offer. */
  void restartIce(IceCredentials credentials) {
    negotiation.restartIce(credentials);
  }

  /**
   * Goes on with a new PeerConnection on this transport. What was offered goes in the next offer.
   */
  void renew(Endpoint endpoint) {
    lost = false;
    generation = endpoint.generation();
    peerConnection++;
    revisionsBefore = lastRevision;
    negotiation = negotiation(endpoint);
    codecs.forEach(
        (key, codec) -> {
          if (!refused.contains(key)) {
            negotiation.add(key, codec, label(key));
          }
        });
  }

  /**
   * Adds and removes tracks until they are those of the subscription's stream.
   *
   * @return those removed
   */
  List<TrackKey> align(Subscription subscription, Map<MediaKind, SupportedCodec> streamCodecs) {
    List<TrackKey> removed = new ArrayList<>();
    for (MediaKind kind : MediaKind.values()) {
      TrackKey key = new TrackKey(subscription.id(), kind);
      SupportedCodec codec = streamCodecs.get(kind);
      SupportedCodec before = codecs.get(key);
      if (before != null && !before.equals(codec)) {
        drop(key);
        removed.add(key);
      }
      if (codec != null && !codec.equals(before)) {
        codecs.put(key, codec);
        negotiation.add(key, codec, label(key));
      }
    }
    return removed;
  }

  /** Forgets a subscription. */
  void remove(Subscription subscription) {
    subscriptions.remove(subscription.id());
    for (MediaKind kind : MediaKind.values()) {
      drop(new TrackKey(subscription.id(), kind));
    }
  }

  private void drop(TrackKey key) {
    codecs.remove(key);
    refused.remove(key);
    negotiation.remove(key);
  }

  /** What audio and video of one subscription share keeps them in sync in the browser. */
  private static TrackLabel label(TrackKey key) {
    String kind = key.kind().name().toLowerCase(Locale.ROOT);
    return new TrackLabel(
        key.subscriptionId(), key.subscriptionId() + "-" + kind, key.subscriptionId());
  }

  Optional<SubscribeOffer> nextOffer() {
    return negotiation
        .nextOffer()
        .map(
            offer -> {
              lastRevision = revisionsBefore + offer.revision();
              return new SubscribeOffer(
                  lastRevision,
                  peerConnection,
                  offer.sdp(),
                  offer.tracks().stream().map(this::section).toList());
            });
  }

  private SubscribeSection section(SentTrack<TrackKey> track) {
    TrackKey key = track.key();
    return new SubscribeSection(
        track.mid(), key.kind(), key.subscriptionId(), subscription(key).streamId());
  }

  Subscription subscription(TrackKey key) {
    Subscription subscription = subscriptions.get(key.subscriptionId());
    if (subscription == null) {
      throw new IllegalStateException("a track of no subscription: " + key);
    }
    return subscription;
  }

  SubscriptionAnswer<TrackKey> accept(int revision, String sdp) throws NegotiationException {
    if (revision <= revisionsBefore) {
      throw new NegotiationException(
          new Refusal.StaleRevision(
              "an answer to revision %d of a PeerConnection that was given up"
                  .formatted(revision)));
    }
    SubscriptionAnswer<TrackKey> answer = negotiation.acceptAnswer(revision - revisionsBefore, sdp);
    answer.refused().forEach(track -> refused.add(track.key()));
    return answer;
  }

  /** What the peer has agreed to receive. */
  List<SubscribedTrack> agreed(SubscriptionAnswer<TrackKey> answer) {
    return answer.accepted().stream().map(this::agreed).toList();
  }

  private SubscribedTrack agreed(AcceptedTrack<TrackKey> accepted) {
    SentTrack<TrackKey> track = accepted.track();
    Subscription subscription = subscription(track.key());
    SupportedCodec codec = track.codec();
    return new SubscribedTrack(
        track.key(),
        subscription.streamId(),
        codec.name(),
        subscription.choice().wants(track.key().kind()),
        subscription.choice().layer(),
        subscription.choice().terms(),
        new OutgoingTrack(
            Sections.video(codec),
            track.ssrc(),
            codec.payloadType(),
            accepted.rtx() ? track.rtxSsrc() : OptionalInt.empty(),
            accepted.rtx() ? codec.rtxPayloadType() : OptionalInt.empty(),
            accepted.red() ? codec.redPayloadType() : OptionalInt.empty(),
            codec.clockRateHz(),
            Sections.extensionIds(accepted.extensionIds())),
        track.label().cname());
  }
}
