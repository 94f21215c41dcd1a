package dev.sluice.session;

/** How a session's media travels. */
public enum MediaMode {
  /** Through the Media Router. */
  ROUTED,
  /** From client to client. Until that path exists, through the Media Router too. */
  RELAYED
}
