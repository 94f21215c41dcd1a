package dev.sluice.gateway.signalling;

import dev.sluice.session.ConnectionId;
import dev.sluice.session.StreamId;
import dev.sluice.session.VideoDimensions;
import dev.sluice.session.live.Preference;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the fields of a request; a field that is null counts as absent. */
final class Fields {
  private final ObjectNode node;

  Fields(ObjectNode node) {
    this.node = node;
  }

  /** Says which field is missing or wrong. */
  static final class BadFieldException extends Exception {
    private static final long serialVersionUID = 1L;

    BadFieldException(String message) {
      super(message, null, false, false);
    }
  }

  String text(String name) throws BadFieldException {
    return optionalText(name).orElseThrow(() -> bad(name, "is missing"));
  }

  Optional<String> optionalText(String name) throws BadFieldException {
    Optional<JsonNode> value = value(name);
    if (value.isPresent() && !value.get().isString()) {
      throw bad(name, "must be a string");
    }
    return value.map(JsonNode::stringValue);
  }

  Optional<String> optionalText(String name, int maxBytes) throws BadFieldException {
    Optional<String> text = optionalText(name);
    if (text.isPresent() && text.get().getBytes(StandardCharsets.UTF_8).length > maxBytes) {
      throw bad(name, "has at most " + maxBytes + " bytes");
    }
    return text;
  }

  boolean flag(String name) throws BadFieldException {
    return optionalFlag(name).orElseThrow(() -> bad(name, "is missing"));
  }

  Optional<Boolean> optionalFlag(String name) throws BadFieldException {
    Optional<JsonNode> value = value(name);
    if (value.isPresent() && !value.get().isBoolean()) {
      throw bad(name, "must be true or false");
    }
    return value.map(JsonNode::booleanValue);
  }

  int integer(String name, int min, int max) throws BadFieldException {
    OptionalInt value = optionalInteger(name, min, max);
    if (value.isEmpty()) {
      throw bad(name, "is missing");
    }
    return value.getAsInt();
  }

  OptionalInt optionalInteger(String name, int min, int max) throws BadFieldException {
    Optional<JsonNode> value = value(name);
    if (value.isEmpty()) {
      return OptionalInt.empty();
    }
    JsonNode number = value.get();
    if (!number.isNumber()
        || !number.canConvertToExactIntegral()
        || !number.canConvertToInt()
        || number.intValue() < min
        || number.intValue() > max) {
      throw bad(name, "must be an integer from " + min + " to " + max);
    }
    return OptionalInt.of(number.intValue());
  }

  OptionalLong optionalLong(String name, long min) throws BadFieldException {
    Optional<JsonNode> value = value(name);
    if (value.isEmpty()) {
      return OptionalLong.empty();
    }
    JsonNode number = value.get();
    if (!number.isIntegralNumber() || !number.canConvertToLong() || number.longValue() < min) {
      throw bad(name, "must be an integer from " + min);
    }
    return OptionalLong.of(number.longValue());
  }

  /** What an update says of a preference: nothing, {@code "none"}, or a value. */
  <T> Preference<T> preference(String name, Reader<T> reader) throws BadFieldException {
    Optional<JsonNode> value = value(name);
    if (value.isEmpty()) {
      return new Preference.Unchanged<>();
    }
    if (value.get().isString() && value.get().stringValue().equals("none")) {
      return new Preference.None<>();
    }
    return new Preference.Wanted<>(reader.read(name));
  }

  /** Reads a field that is there. */
  interface Reader<T> {
    T read(String name) throws BadFieldException;
  }

  StreamId streamId(String name) throws BadFieldException {
    return StreamId.parse(text(name)).orElseThrow(() -> bad(name, "must be a dashed UUID"));
  }

  ConnectionId connectionId(String name) throws BadFieldException {
    return optionalConnectionId(name).orElseThrow(() -> bad(name, "is missing"));
  }

  Optional<ConnectionId> optionalConnectionId(String name) throws BadFieldException {
    Optional<String> text = optionalText(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<ConnectionId> id = ConnectionId.parse(text.get());
    if (id.isEmpty()) {
      throw bad(name, "must be a dashed UUID");
    }
    return id;
  }

  /**
   * @param minSide the smallest width or height
   */
  Optional<VideoDimensions> optionalDimensions(String name, int minSide) throws BadFieldException {
    Optional<JsonNode> value = value(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (!(value.get() instanceof ObjectNode object)) {
      throw bad(name, "must be an object");
    }
    Fields fields = new Fields(object);
    return Optional.of(
        new VideoDimensions(
            fields.integer("width", minSide, VideoDimensions.MAX_SIDE),
            fields.integer("height", minSide, VideoDimensions.MAX_SIDE)));
  }

  VideoDimensions dimensions(String name, int minSide) throws BadFieldException {
    return optionalDimensions(name, minSide).orElseThrow(() -> bad(name, "is missing"));
  }

  JsonNode list(String name, int maxSize) throws BadFieldException {
    JsonNode list = value(name).orElseThrow(() -> bad(name, "is missing"));
    if (!list.isArray() || list.size() > maxSize) {
      throw bad(name, "must be a list of at most " + maxSize);
    }
    return list;
  }

  static BadFieldException bad(String name, String problem) {
    return new BadFieldException("The field " + name + " " + problem);
  }

  private Optional<JsonNode> value(String name) {
    JsonNode value = node.get(name);
    return value == null || value.isNull() ? Optional.empty() : Optional.of(value);
  }
}
