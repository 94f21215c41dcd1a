package dev.sluice.gateway.signalling;

import dev.sluice.session.StreamId;
import dev.sluice.session.SubscriptionId;
import dev.sluice.session.live.SessionEvent;
import dev.sluice.session.live.SessionEvent.Change;
import dev.sluice.session.media.MediaKind;
import dev.sluice.session.media.SubscribeOffer;
import dev.sluice.session.media.SubscribedTrack;
import dev.sluice.session.media.VideoQuality;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes events. */
final class EventMessages {
  private EventMessages() {}

  static ObjectNode of(SessionEvent event) {
    return switch (event) {
      case SessionEvent.ConnectionCreated created -> {
        ObjectNode node = named("connectionCreated");
        node.set("connection", Messages.connection(created.connection()));
        yield node;
      }
      case SessionEvent.ConnectionDestroyed destroyed ->
          named("connectionDestroyed")
              .put("connectionId", destroyed.connection().toString())
              .put("reason", destroyed.reason().wireName());
      case SessionEvent.StreamCreated created -> {
        ObjectNode node = named("streamCreated");
        node.set("stream", Messages.stream(created.stream()));
        yield node;
      }
      case SessionEvent.StreamDestroyed destroyed ->
          named("streamDestroyed")
              .put("streamId", destroyed.stream().toString())
              .put("reason", destroyed.reason().wireName());
      case SessionEvent.StreamChanged changed -> streamChanged(changed);
      case SessionEvent.SignalReceived received -> signal(received);
      case SessionEvent.StreamInterrupted(StreamId stream) ->
          named("streamInterrupted").put("streamId", stream.toString());
      case SessionEvent.StreamRestored(StreamId stream) ->
          named("streamRestored").put("streamId", stream.toString());
      case SessionEvent.SubscriptionRefused refused ->
          named("subscriptionRefused")
              .put("subscriptionId", refused.subscription().value())
              .put("streamId", refused.stream().toString())
              .put("kind", kind(refused.kind()))
              .put("codec", refused.codec());
      case SessionEvent.VideoQualityChanged(SubscriptionId subscription, VideoQuality quality) ->
          named("videoQuality")
              .put("subscriptionId", subscription.value())
              .put("quality", quality(quality));
      case SessionEvent.ActiveSpeakerChanged(StreamId stream) ->
          named("activeSpeaker").put("streamId", stream.toString());
      case SessionEvent.WantedLayersChanged wanted -> {
        ObjectNode node = named("wantedLayers").put("streamId", wanted.stream().toString());
        ArrayNode rids = node.putArray("rids");
        wanted.rids().forEach(rids::add);
        yield node;
      }
      case SessionEvent.SubscribeOffered offered -> subscribeOffer(offered.offer());
      case SessionEvent.Disconnected disconnected ->
          named("disconnected").put("reason", disconnected.reason().wireName());
    };
  }

  private static ObjectNode streamChanged(SessionEvent.StreamChanged changed) {
    ObjectNode node = named("streamPropertyChanged").put("streamId", changed.stream().toString());
    switch (changed.change()) {
      case Change.HasAudio(boolean oldValue, boolean newValue) ->
          node.put("property", "hasAudio").put("oldValue", oldValue).put("newValue", newValue);
      case Change.HasVideo(boolean oldValue, boolean newValue, boolean forQuality) -> {
        node.put("property", "hasVideo").put("oldValue", oldValue).put("newValue", newValue);
        if (forQuality) {
          node.put("reason", Messages.QUALITY);
        }
      }
      case Change.Dimensions change -> {
        node.put("property", "videoDimensions");
        node.set("oldValue", Messages.dimensions(change.oldValue()));
        node.set("newValue", Messages.dimensions(change.newValue()));
      }
    }
    return node;
  }

  private static ObjectNode signal(SessionEvent.SignalReceived received) {
    ObjectNode node = named("signal");
    received.signal().type().ifPresent(type -> node.put("signalType", type));
    received.signal().data().ifPresent(data -> node.put("data", data));
    received
        .from()
        .ifPresentOrElse(from -> node.put("from", from.toString()), () -> node.putNull("from"));
    return node;
  }

  private static ObjectNode subscribeOffer(SubscribeOffer offer) {
    ObjectNode node =
        named("subscribeOffer")
            .put("revision", offer.revision())
            .put("peer", offer.peer())
            .put("sdp", offer.sdp());
    ArrayNode tracks = node.putArray("tracks");
    for (SubscribedTrack track : offer.tracks()) {
      tracks
          .addObject()
          .put("mid", track.mid())
          .put("kind", kind(track.kind()))
          .put("subscriptionId", track.subscriptionId().value())
          .put("streamId", track.streamId().toString());
    }
    return node;
  }

  private static String kind(MediaKind kind) {
    return switch (kind) {
      case AUDIO -> "audio";
      case VIDEO -> "video";
    };
  }

  private static String quality(VideoQuality quality) {
    return switch (quality) {
      case GOOD -> "good";
      case WARNING -> "warning";
      case OFF -> "off";
    };
  }

  private static ObjectNode named(String event) {
    return Messages.object().put("event", event);
  }
}
