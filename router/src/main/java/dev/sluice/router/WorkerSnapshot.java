package dev.sluice.router;

import dev.sluice.router.net.DatagramPort;
import dev.sluice.router.worker.Worker;
import dev.sluice.router.worker.WorkerCounters;

/**
 * What one worker has done and dropped since it started.
 *
 * @param unknownSource datagrams from addresses that belong to no transport
 * @param unknownUfrag STUN requests that name no transport
 * @param faults of ours that were caught at the boundary of one datagram or task
 * @param lateTicks timers that ran more than a tick too late
 */
public record WorkerSnapshot(
    int rooms,
    long receivedDatagrams,
    long receivedBytes,
    long sentDatagrams,
    long sentBytes,
    long sendErrors,
    long sendBufferFull,
    long unknownSource,
    long unknownUfrag,
    long faults,
    long lateTicks) {
  /** Reads the counters, on the worker's thread. */
  static WorkerSnapshot of(Worker worker, int rooms) {
    long receivedDatagrams = 0;
    long receivedBytes = 0;
    long sentDatagrams = 0;
    long sentBytes = 0;
    long sendErrors = 0;
    long sendBufferFull = 0;
    for (DatagramPort port : worker.ports()) {
      receivedDatagrams += port.counters().receivedDatagrams;
      receivedBytes += port.counters().receivedBytes;
      sentDatagrams += port.counters().sentDatagrams;
      sentBytes += port.counters().sentBytes;
      sendErrors += port.counters().sendErrors;
      sendBufferFull += port.counters().sendBufferFull;
    }
    WorkerCounters counters = worker.counters();
    return new WorkerSnapshot(
        rooms,
        receivedDatagrams,
        receivedBytes,
        sentDatagrams,
        sentBytes,
        sendErrors,
        sendBufferFull,
        counters.unknownSource,
        counters.unknownUfrag,
        counters.datagramFaults + counters.taskFaults,
        counters.lateTicks);
  }
}
