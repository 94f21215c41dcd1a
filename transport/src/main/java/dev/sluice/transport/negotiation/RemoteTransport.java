package dev.sluice.transport.negotiation;

import dev.sluice.transport.IceCredentials;
import dev.sluice.transport.RemoteParameters;
import dev.sluice.transport.sdp.Fingerprint;
import dev.sluice.transport.sdp.MediaSection;
import dev.sluice.transport.sdp.SessionDescription;
import dev.sluice.transport.sdp.Setup;
import dev.sluice.transport.sdp.TransportDescription;
import java.util.Optional;

/** Finds the client's end of the transport in its description. */
final class RemoteTransport {
  private static final int SHA_256_TEXT_LENGTH = 32 * 3 - 1;

  private RemoteTransport() {}

  /**
   * The parameters of the section that speaks for the BUNDLE group (RFC 9143 §7); empty when no
   * section is bundled.
   */
  static Optional<RemoteParameters> of(SessionDescription description) throws NegotiationException {
    for (String mid : description.bundle()) {
      for (MediaSection section : description.media()) {
        if (section.mid().equals(mid) && !section.rejected()) {
          return Optional.of(parameters(section));
        }
      }
    }
    return Optional.empty();
  }

  private static RemoteParameters parameters(MediaSection section) throws NegotiationException {
    TransportDescription transport = section.transport();
    String ufrag = present(section, "a=ice-ufrag", transport.iceUsernameFragment());
    String password = present(section, "a=ice-pwd", transport.icePassword());
    Setup setup = present(section, "a=setup", transport.setup());
    if (setup != Setup.ACTPASS && setup != Setup.ACTIVE) {
      throw NegotiationException.invalid(
          "m-section %s: a=setup must let us be the DTLS server".formatted(section.mid()));
    }
    Optional<Fingerprint> sha256 =
        transport.fingerprints().stream()
            .filter(fingerprint -> fingerprint.algorithm().equals("sha-256"))
            .filter(fingerprint -> fingerprint.value().length() == SHA_256_TEXT_LENGTH)
            .findFirst();
    String fingerprint = present(section, "a=fingerprint:sha-256", sha256).value();
    return new RemoteParameters(new IceCredentials(ufrag, password), fingerprint);
  }

  private static <T> T present(MediaSection section, String what, Optional<T> value)
      throws NegotiationException {
    if (value.isEmpty()) {
      throw NegotiationException.invalid("m-section %s lacks %s".formatted(section.mid(), what));
    }
    return value.get();
  }
}
