package dev.sluice.transport.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Collects the ICE and DTLS attributes of the session level or of one section. */
final class TransportLines {
  private static final int MAX_FINGERPRINTS = 16;

  private Optional<String> usernameFragment = Optional.empty();
  private Optional<String> password = Optional.empty();
  private List<String> iceOptions = List.of();
  private final List<Fingerprint> fingerprints = new ArrayList<>();
  private Optional<Setup> setup = Optional.empty();

  /** Takes the line if it is one of these attributes. */
  boolean accept(SdpLine line) throws SdpException {
    switch (line.attribute()) {
      case "ice-ufrag" -> usernameFragment = Optional.of(iceChars(line, line.value(), 4));
      case "ice-pwd" -> password = Optional.of(iceChars(line, line.value(), 22));
      case "ice-options" -> iceOptions = line.fields(1);
      case "fingerprint" -> fingerprints.add(fingerprint(line, line.fields(2)));
      case "setup" -> setup = Optional.of(line.choice(Setup.class, line.value()));
      default -> {
        return false;
      }
    }
    return true;
  }

  TransportDescription build() {
    return new TransportDescription(usernameFragment, password, iceOptions, fingerprints, setup);
  }

  /** RFC 8839 §5.4. */
  private static String iceChars(SdpLine line, String value, int minLength) throws SdpException {
    if (!value.matches("[A-Za-z0-9+/]{" + minLength + ",256}")) {
      throw line.error("%d to 256 letters, digits, + or / are needed".formatted(minLength));
    }
    return value;
  }

  private Fingerprint fingerprint(SdpLine line, List<String> fields) throws SdpException {
    String value = fields.get(1).toUpperCase(Locale.ROOT);
    if (fingerprints.size() == MAX_FINGERPRINTS) {
      throw line.error("more than %d fingerprints".formatted(MAX_FINGERPRINTS));
    }
    if (value.length() > 64 * 3 || !value.matches("[0-9A-F]{2}(:[0-9A-F]{2})*+")) {
      throw line.error("hex pairs with colons are needed");
    }
    return new Fingerprint(
        line.token("the algorithm", fields.get(0)).toLowerCase(Locale.ROOT), value);
  }
}
