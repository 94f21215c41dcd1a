package dev.sluice.session;

/** Whether a session is recorded from its start or on request. */
public enum ArchiveMode {
  MANUAL,
  ALWAYS
}
