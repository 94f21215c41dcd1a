package dev.sluice.router.worker;

/** What one {@link Link} received and sent, of every kind; written and read by its worker. */
public final class LinkCounters {
  /** Datagrams that were found to be for it, those it dropped included. */
  public long receivedDatagrams;

  public long receivedBytes;
  public long sentDatagrams;
  public long sentBytes;

  LinkCounters() {}
}
