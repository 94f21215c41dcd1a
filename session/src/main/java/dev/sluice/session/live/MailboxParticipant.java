package dev.sluice.session.live;

import dev.sluice.session.Connection;
import dev.sluice.session.ConnectionId;
import dev.sluice.session.RefusedException;
import dev.sluice.session.Signal;
import dev.sluice.session.Stream;
import dev.sluice.session.StreamDescription;
import dev.sluice.session.StreamId;
import dev.sluice.session.SubscriptionId;
import dev.sluice.session.media.PublishOffer;
import java.util.List;
import java.util.Optional;

/** Puts each call of a participant into its session's mailbox and waits for it. Any thread. */
final class MailboxParticipant implements Participant {
  private final LiveSession session;
  private final Mailbox mailbox;
  private final Member member;
  private final List<Connection> othersAtJoin;
  private final List<Stream> streamsAtJoin;

  MailboxParticipant(
      LiveSession session,
      Member member,
      List<Connection> othersAtJoin,
      List<Stream> streamsAtJoin) {
    this.session = session;
    this.mailbox = session.mailbox();
    this.member = member;
    this.othersAtJoin = othersAtJoin;
    this.streamsAtJoin = streamsAtJoin;
  }

  @Override
  public Connection connection() {
    return member.connection();
  }

  @Override
  public List<Connection> othersAtJoin() {
    return othersAtJoin;
  }

  @Override
  public List<Stream> streamsAtJoin() {
    return streamsAtJoin;
  }

  @Override
  public StreamId publish(StreamDescription description) throws RefusedException {
    return mailbox.call(() -> session.streamsFor(member).reserve(member, description));
  }

  @Override
  public String negotiatePublish(PublishOffer offer) throws RefusedException {
    return mailbox.call(() -> session.streamsFor(member).negotiate(member, offer));
  }

  @Override
  public void unpublish(StreamId stream) throws RefusedException {
    mailbox.run(() -> session.streamsFor(member).unpublish(member, stream));
  }

  @Override
  public void updateStream(StreamId stream, StreamUpdate update) throws RefusedException {
    mailbox.run(() -> session.streamsFor(member).update(member, stream, update));
  }

  @Override
  public SubscriptionId subscribe(StreamId stream, SubscriptionWish wish) throws RefusedException {
    return mailbox.call(() -> session.streamsFor(member).subscribe(member, stream, wish));
  }

  @Override
  public void updateSubscription(SubscriptionId subscription, SubscriptionUpdate update)
      throws RefusedException {
    mailbox.run(() -> session.streamsFor(member).updateSubscription(member, subscription, update));
  }

  @Override
  public void unsubscribe(SubscriptionId subscription) throws RefusedException {
    mailbox.run(() -> session.streamsFor(member).unsubscribe(member, subscription));
  }

  @Override
  public void answerSubscribe(int revision, String sdp) throws RefusedException {
    mailbox.run(() -> session.streamsFor(member).answer(member, revision, sdp));
  }

  @Override
  public void restartSubscribe(boolean renew) throws RefusedException {
    mailbox.run(() -> session.streamsFor(member).restartSubscribe(member, renew));
  }

  @Override
  public void signal(Signal signal, Optional<ConnectionId> to) throws RefusedException {
    mailbox.run(() -> session.signalFrom(member, signal, to));
  }

  @Override
  public void leave(LeaveReason reason) {
    mailbox.runUnrefused(() -> session.leave(member, reason));
  }
}
