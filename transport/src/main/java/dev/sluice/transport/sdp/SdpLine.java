package dev.sluice.transport.sdp;

import java.util.List;
import java.util.Locale;

/**
 * One line of a description, with the readings its fields have.
 *
 * @param number from 1
 * @param type the letter before the {@code =}
 * @param attribute the name of an attribute, else empty
 * @param value what stands after the attribute's colon, else after the {@code =}
 */
record SdpLine(int number, char type, String attribute, String value) {
  /** Splits a line that has a letter and a {@code =}. */
  static SdpLine of(int number, String text) {
    char type = text.charAt(0);
    if (type != 'a') {
      return new SdpLine(number, type, "", text.substring(2));
    }
    int colon = text.indexOf(':');
    return colon < 0
        ? new SdpLine(number, type, text.substring(2), "")
        : new SdpLine(number, type, text.substring(2, colon), text.substring(colon + 1).strip());
  }

  /** The fields, separated by spaces. */
  List<String> fields(int atLeast) throws SdpException {
    List<String> fields = List.of(value.strip().split(" +"));
    if (fields.size() < atLeast || fields.getFirst().isEmpty()) {
      throw error("%d fields are needed".formatted(atLeast));
    }
    return fields;
  }

  int number(String what, String text, int min, int max) throws SdpException {
    return (int) longNumber(what, text, min, max);
  }

  long longNumber(String what, String text, long min, long max) throws SdpException {
    long number;
    try {
      number = Long.parseLong(text);
    } catch (NumberFormatException notANumber) {
      throw error(what + " is no number");
    }
    if (number < min || number > max) {
      throw error("%s is not within %d to %d".formatted(what, min, max));
    }
    return number;
  }

  /** A name made of token characters (RFC 8866 §9), so that it may be echoed in an answer. */
  String token(String what, String text) throws SdpException {
    boolean valid = !text.isEmpty() && text.length() <= 255;
    for (int i = 0; valid && i < text.length(); i++) {
      char c = text.charAt(i);
      valid = c > ' ' && c < 0x7f && "\"(),/:;<=>?@[\\]".indexOf(c) < 0;
    }
    if (!valid) {
      throw error(what + " is no token of 1 to 255 characters");
    }
    return text;
  }

  <E extends Enum<E>> E choice(Class<E> choices, String text) throws SdpException {
    for (E choice : choices.getEnumConstants()) {
      if (choice.name().toLowerCase(Locale.ROOT).equals(text)) {
        return choice;
      }
    }
    throw error("the value is not known");
  }

  /** The fault with the line's kind and name, but without its value, which may hold a password. */
  SdpException error(String what) {
    String name = type == 'a' ? "a=" + attribute : type + "=";
    return new SdpException(number, name.substring(0, Math.min(40, name.length())) + ": " + what);
  }
}
