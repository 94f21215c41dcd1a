package dev.sluice.simulation.judge;

import dev.sluice.simulation.subscriber.SimulatedSubscriber;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Who is looked at in a run, and when what happens to them.
 *
 * @param subject whose metrics count
 * @param others whom all of it should not touch
 * @param equals with whom the subject shares its path, and who are judged like it; empty when it
 *     doesn't
 * @param dropNanos when the capacity falls below what video needs
 * @param restoreNanos when it is enough again
 * @param congestion when sound is judged; the whole run where it is empty
 * @param steady when the use of the capacity is judged
 */
public record Study(
    SimulatedSubscriber subject,
    List<SimulatedSubscriber> others,
    List<SimulatedSubscriber> equals,
    OptionalLong dropNanos,
    OptionalLong restoreNanos,
    Optional<Span> congestion,
    Optional<Span> steady) {
  /** Somebody to whom nothing special happens. */
  public static Study of(SimulatedSubscriber subject) {
    return new Study(
        subject,
        List.of(),
        List.of(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty());
  }

  public Study sparing(List<SimulatedSubscriber> untouched) {
    return new Study(subject, untouched, equals, dropNanos, restoreNanos, congestion, steady);
  }

  public Study among(List<SimulatedSubscriber> sharing) {
    return new Study(subject, others, sharing, dropNanos, restoreNanos, congestion, steady);
  }

  public Study dropAt(long nanos) {
    return new Study(
        subject, others, equals, OptionalLong.of(nanos), restoreNanos, congestion, steady);
  }

  public Study restoreAt(long nanos) {
    return new Study(
        subject, others, equals, dropNanos, OptionalLong.of(nanos), congestion, steady);
  }

  public Study congestedIn(long fromNanos, long toNanos) {
    return new Study(
        subject,
        others,
        equals,
        dropNanos,
        restoreNanos,
        Optional.of(new Span(fromNanos, toNanos)),
        steady);
  }

  public Study steadyIn(long fromNanos, long toNanos) {
    return new Study(
        subject,
        others,
        equals,
        dropNanos,
        restoreNanos,
        congestion,
        Optional.of(new Span(fromNanos, toNanos)));
  }
}
