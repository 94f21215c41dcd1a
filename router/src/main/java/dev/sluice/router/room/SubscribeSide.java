package dev.sluice.router.room;

import dev.sluice.router.live.Endpoint;
import dev.sluice.router.live.MediaKind;
import dev.sluice.router.live.SubscribedTrack;
import dev.sluice.router.live.TrackKey;
import dev.sluice.transport.negotiation.AcceptedTrack;
import dev.sluice.transport.negotiation.NegotiationException;
import dev.sluice.transport.negotiation.SentTrack;
import dev.sluice.transport.negotiation.SubscribeNegotiation;
import dev.sluice.transport.negotiation.SubscriptionAnswer;
import dev.sluice.transport.negotiation.SupportedCodec;
import dev.sluice.transport.negotiation.TrackLabel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The negotiation of one peer's subscribe PeerConnection, and the subscriptions it carries. */
final class SubscribeSide {
  private final SubscribeNegotiation<TrackKey> negotiation;
  private final Map<String, Subscription> subscriptions = new HashMap<>();
  private final Set<TrackKey> offered = new HashSet<>();

  SubscribeSide(Endpoint endpoint, NegotiationSettings settings) {
    negotiation =
        new SubscribeNegotiation<>(
            settings.capabilities(),
            settings.local(endpoint.credentials()),
            settings.newSdpSessionId(),
            settings.random()::nextInt);
  }

  Map<String, Subscription> subscriptions() {
    return subscriptions;
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
      if (codec == null) {
        if (drop(key)) {
          removed.add(key);
        }
      } else if (offered.add(key)) {
        negotiation.add(key, codec, label(key));
      }
    }
    return removed;
  }

  /** Forgets a subscription. */
  void remove(Subscription subscription) {
    subscriptions.remove(subscription.id());
    for (MediaKind kind : MediaKind.values()) {
      boolean _ = drop(new TrackKey(subscription.id(), kind));
    }
  }

  private boolean drop(TrackKey key) {
    boolean known = offered.remove(key);
    if (known) {
      negotiation.remove(key);
    }
    return known;
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
            offer ->
                new SubscribeOffer(
                    offer.revision(),
                    offer.sdp(),
                    offer.tracks().stream().map(this::section).toList()));
  }

  private SubscribeSection section(SentTrack<TrackKey> track) {
    TrackKey key = track.key();
    return new SubscribeSection(
        track.mid(), key.kind(), key.subscriptionId(), subscription(key).streamId());
  }

  private Subscription subscription(TrackKey key) {
    Subscription subscription = subscriptions.get(key.subscriptionId());
    if (subscription == null) {
      throw new IllegalStateException("a track of no subscription: " + key);
    }
    return subscription;
  }

  SubscriptionAnswer<TrackKey> accept(int revision, String sdp) throws NegotiationException {
    SubscriptionAnswer<TrackKey> answer = negotiation.acceptAnswer(revision, sdp);
    answer.refused().forEach(track -> offered.remove(track.key()));
    return answer;
  }

  /** What the peer has agreed to receive. */
  List<SubscribedTrack> agreed(SubscriptionAnswer<TrackKey> answer) {
    List<SubscribedTrack> tracks = new ArrayList<>();
    for (AcceptedTrack<TrackKey> accepted : answer.accepted()) {
      SentTrack<TrackKey> track = accepted.track();
      Subscription subscription = subscription(track.key());
      SupportedCodec codec = track.codec();
      tracks.add(
          new SubscribedTrack(
              track.key(),
              subscription.streamId(),
              subscription.wants(track.key().kind()),
              track.mid(),
              codec.payloadType(),
              track.ssrc(),
              accepted.rtx() ? codec.rtxPayloadType() : OptionalInt.empty(),
              accepted.rtx() ? track.rtxSsrc() : OptionalInt.empty(),
              codec.clockRateHz(),
              Sections.extensionIds(accepted.extensionIds()),
              track.label().cname()));
    }
    return tracks;
  }
}
