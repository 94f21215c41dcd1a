package dev.sluice.gateway.signalling;

/** The client's end of a socket, as a {@link Conversation} sees it. No call blocks. */
interface Peer {
  /** False when the client reads so slowly that the message cannot even be queued. */
  boolean send(String message);

  void ping();

  /** Starts the closing handshake; the last call. */
  void close(CloseCode code);

  /** Sets the size of the largest message that the client may send. */
  void limitMessages(int bytes);
}
