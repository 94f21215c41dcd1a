package dev.sluice.session.live;

import dev.sluice.session.ConnectionId;
import dev.sluice.session.StreamId;
import dev.sluice.session.SubscriptionId;
import dev.sluice.session.media.MediaKind;
import dev.sluice.session.media.MediaListener;
import dev.sluice.session.media.SubscribeOffer;
import dev.sluice.session.media.VideoQuality;
import java.util.List;

/** Puts what the media plane tells into the session's mailbox. Called on a worker thread. */
final class MediaReports implements MediaListener {
  private final LiveSession session;
  private final Mailbox mailbox;

  MediaReports(LiveSession session) {
    this.session = session;
    this.mailbox = session.mailbox();
  }

  @Override
  public void onSubscribeOffer(ConnectionId connection, SubscribeOffer offer) {
    mailbox.post(() -> session.offered(connection, offer));
  }

  @Override
  public void onStreamInterrupted(StreamId stream) {
    mailbox.post(() -> session.interrupted(stream));
  }

  @Override
  public void onStreamRestored(StreamId stream) {
    mailbox.post(() -> session.restored(stream));
  }

  @Override
  public void onVideoQuality(
      ConnectionId connection, SubscriptionId subscription, VideoQuality quality) {
    mailbox.post(
        () ->
            session.toldOfSubscription(
                connection,
                subscription,
                new SessionEvent.VideoQualityChanged(subscription, quality)));
  }

  @Override
  public void onActiveSpeaker(StreamId stream) {
    mailbox.post(() -> session.speaks(stream));
  }

  @Override
  public void onWantedLayers(StreamId stream, List<String> rids) {
    mailbox.post(() -> session.wanted(stream, rids));
  }

  @Override
  public void onSubscriptionRefused(
      ConnectionId connection,
      SubscriptionId subscription,
      StreamId stream,
      MediaKind kind,
      String codec) {
    mailbox.post(
        () ->
            session.toldOfSubscription(
                connection,
                subscription,
                new SessionEvent.SubscriptionRefused(subscription, stream, kind, codec)));
  }
}
