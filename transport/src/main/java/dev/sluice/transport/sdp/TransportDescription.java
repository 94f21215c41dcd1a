package dev.sluice.transport.sdp;

import java.util.List;
import java.util.Optional;

/**
 * The ICE and DTLS attributes of an m-section, those of the session level filled in where the
 * section has none of its own.
 */
public record TransportDescription(
    Optional<String> iceUsernameFragment,
    Optional<String> icePassword,
    List<String> iceOptions,
    List<Fingerprint> fingerprints,
    Optional<Setup> setup) {
  public static final TransportDescription NONE =
      new TransportDescription(
          Optional.empty(), Optional.empty(), List.of(), List.of(), Optional.empty());

  public TransportDescription {
    iceOptions = List.copyOf(iceOptions);
    fingerprints = List.copyOf(fingerprints);
  }

  TransportDescription orElse(TransportDescription session) {
    return new TransportDescription(
        iceUsernameFragment.or(session::iceUsernameFragment),
        icePassword.or(session::icePassword),
        iceOptions.isEmpty() ? session.iceOptions : iceOptions,
        fingerprints.isEmpty() ? session.fingerprints : fingerprints,
        setup.or(session::setup));
  }
}
