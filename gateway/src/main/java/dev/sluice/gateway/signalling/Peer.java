package dev.sluice.gateway.signalling;

import java.util.List;

/** The client's end of a socket. No call blocks. */
interface Peer {
  /** False when the client reads so slowly that the message cannot even be queued. */
  boolean send(String message);

  /** Sends what was kept for the client, which has a bound of its own. */
  void sendKept(List<String> messages);

  void ping();

  /** Reads the client's next frame; to be called when the last one has been handled. */
  void demand();

  /** The client is in a session: it may send larger messages. */
  void admit();

  /** Starts the closing handshake; nothing is sent afterwards. */
  void close(CloseCode code);
}
