package dev.sluice.router;

import dev.sluice.router.net.DatagramPort;
import dev.sluice.router.net.PortCounters;
import dev.sluice.router.worker.DelayHistogram;
import dev.sluice.router.worker.Worker;
import dev.sluice.router.worker.WorkerCounters;
import java.util.ArrayList;
import java.util.List;

/**
 * What one worker has done and dropped since it started.
 *
 * @param faults of ours that were caught at the boundary of one datagram or task
 * @param lateTicks timers that ran more than a tick too late
 */
public record WorkerSnapshot(
    int rooms,
    long faults,
    long lateTicks,
    Network network,
    Dropped dropped,
    Media media,
    Fallback fallback,
    ForwardDelay forwardDelay) {

  /** What went through the ports of all addresses. */
  public record Network(
      long receivedDatagrams,
      long receivedBytes,
      long sentDatagrams,
      long sentBytes,
      long receiveErrors,
      long sendErrors,
      long sendBufferFull) {}

  /**
   * What was not handled.
   *
   * @param unknownSource datagrams from addresses that belong to no transport
   * @param unknownUfrag STUN requests that name no transport
   * @param oversized datagrams longer than any path allows
   * @param malformed RTP, RTCP and video payloads that authenticated peers sent
   * @param unknownRtp packets that belong to no negotiated track
   * @param unsealed packets for transports that were not connected any more
   */
  public record Dropped(
      long unknownSource,
      long unknownUfrag,
      long oversized,
      long malformed,
      long unknownRtp,
      long unsealed) {}

  /**
   * What was done with media.
   *
   * @param nacksReceived packets that subscribers asked for again, {@code retransmitted} of which
   *     were still there
   * @param nacksSent packets that publishers were asked for again
   * @param feedbackLost packets that subscribers' transport-wide feedback reported as lost, beside
   *     {@code feedbackReceived}
   */
  public record Media(
      long received,
      long forwarded,
      long retransmitted,
      long nacksReceived,
      long nacksSent,
      long keyframeRequestsReceived,
      long keyframeRequestsSent,
      long feedbackReceived,
      long feedbackLost) {}

  /**
   * What audio fallback judged subscribers' videos to be, each time that changed.
   *
   * @param good again, after a warning or after it was off
   */
  public record Fallback(long good, long warning, long off) {}

  /**
   * From the receipt of packets to the end of the turn that sent their copies.
   *
   * @param buckets with any packets, the shortest delay first; not cumulative
   * @param totalNanos the sum over all packets
   */
  public record ForwardDelay(List<Bucket> buckets, long totalNanos) {
    public ForwardDelay {
      buckets = List.copyOf(buckets);
    }
  }

  /**
   * Packets that took longer than the bucket before tells.
   *
   * @param upToNanos the longest delay; {@link Long#MAX_VALUE} in the last one there can be
   */
  public record Bucket(long upToNanos, long packets) {}

  private static ForwardDelay forwardDelay(DelayHistogram histogram) {
    long[] counts = histogram.counts();
    List<Bucket> buckets = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        boolean last = i == counts.length - 1;
        buckets.add(
            new Bucket(last ? Long.MAX_VALUE : DelayHistogram.upperBoundNanos(i), counts[i]));
      }
    }
    return new ForwardDelay(buckets, histogram.totalNanos());
  }

  /** Reads the counters, on the worker's thread. */
  static WorkerSnapshot of(Worker worker, int rooms) {
    PortCounters sum = new PortCounters();
    for (DatagramPort port : worker.ports()) {
      sum.add(port.counters());
    }
    WorkerCounters counters = worker.counters();
    return new WorkerSnapshot(
        rooms,
        counters.datagramFaults + counters.taskFaults,
        counters.lateTicks,
        new Network(
            sum.receivedDatagrams,
            sum.receivedBytes,
            sum.sentDatagrams,
            sum.sentBytes,
            sum.receiveErrors,
            sum.sendErrors,
            sum.sendBufferFull),
        new Dropped(
            counters.unknownSource,
            counters.unknownUfrag,
            sum.oversizedDatagrams,
            counters.malformedRtp + counters.malformedRtcp + counters.malformedVideo,
            counters.unknownRtp + counters.unexpectedRtp,
            counters.unsealedPackets),
        new Media(
            counters.receivedPackets,
            counters.forwardedPackets,
            counters.retransmittedPackets,
            counters.nacksReceived,
            counters.nacksSent,
            counters.keyframeRequestsReceived,
            counters.keyframeRequestsSent,
            counters.feedbackReceived,
            counters.feedbackLost),
        new Fallback(counters.videosGood, counters.videosWarned, counters.videosSwitchedOff),
        forwardDelay(worker.forwardDelays()));
  }
}
