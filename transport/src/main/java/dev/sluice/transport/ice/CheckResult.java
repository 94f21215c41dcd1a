package dev.sluice.transport.ice;

/** What became of a STUN datagram. */
public enum CheckResult {
  /** No well-formed binding request. */
  MALFORMED,
  /** Not for our user name fragment, or signed with another password: no reply. */
  UNAUTHENTICATED,
  /** Authentic; the reply is to be sent. */
  ANSWERED,
  /** As {@link #ANSWERED}, and the peer's path is another one from now on. */
  PATH_CHANGED
}
