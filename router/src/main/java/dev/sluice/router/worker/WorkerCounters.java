package dev.sluice.router.worker;

/** What a worker did and dropped; written and read by its thread. */
public final class WorkerCounters {
  /** Datagrams of an address that belongs to no transport. */
  public long unknownSource;

  /** STUN requests whose user name names no transport. */
  public long unknownUfrag;

  /** Datagrams whose processing ended in a fault of ours. */
  public long datagramFaults;

  /** Commands, timers and bursts that ended in a fault of ours. */
  public long taskFaults;

  /** Commands refused because the queue was full. Counted when the worker reads it. */
  public long commandsRun;

  /** Packets dropped because the transport was not connected or the cipher refused them. */
  public long unsealedPackets;

  /** Calls of {@code doWork} that took longer than a tick. */
  public long slowTurns;
}
