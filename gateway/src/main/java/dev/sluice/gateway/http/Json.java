package dev.sluice.gateway.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON of the REST API: lenient with unknown fields, strict with the size of things. */
final class Json {
  /** The official Node SDK parses no body of another type. */
  static final String CONTENT_TYPE = "application/json";

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(32)
                          .maxNumberLength(64)
                          .build())
                  .build())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .changeDefaultPropertyInclusion(
              value -> value.withValueInclusion(JsonInclude.Include.NON_ABSENT))
          .build();

  private Json() {}

  static byte[] write(Object value) {
    return MAPPER.writeValueAsBytes(value);
  }

  static <T> T read(byte[] body, Class<T> type) throws ApiErrorException {
    try {
      T value = MAPPER.readValue(body.length == 0 ? new byte[] {'{', '}'} : body, type);
      if (value == null) {
        throw new ApiErrorException(ApiError.badRequest("The body must be a JSON object"));
      }
      return value;
    } catch (JacksonException e) {
      throw new ApiErrorException(ApiError.badRequest("The body is not the JSON expected here"));
    }
  }
}
