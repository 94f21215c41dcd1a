package dev.sluice.router.net;

/** What went through one port; written and read by the worker thread. */
public final class PortCounters {
  public long receivedDatagrams;
  public long receivedBytes;
  public long sentDatagrams;
  public long sentBytes;

  /** Datagrams longer than a slot of the batch; dropped. */
  public long oversizedDatagrams;

  public long receiveErrors;
  public long sendErrors;

  /** Datagrams dropped because the socket's buffer had no room. */
  public long sendBufferFull;

  /** Adds what another port has counted. */
  public void add(PortCounters other) {
    receivedDatagrams += other.receivedDatagrams;
    receivedBytes += other.receivedBytes;
    sentDatagrams += other.sentDatagrams;
    sentBytes += other.sentBytes;
    oversizedDatagrams += other.oversizedDatagrams;
    receiveErrors += other.receiveErrors;
    sendErrors += other.sendErrors;
    sendBufferFull += other.sendBufferFull;
  }
}
