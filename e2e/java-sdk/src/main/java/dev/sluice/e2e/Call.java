package dev.sluice.e2e;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.vonage.client.video.ArchiveMode;
import com.vonage.client.video.MediaMode;
import com.vonage.client.video.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One method of the SDK with its arguments. An absent optional one is not given to the SDK. Enums
 * are read as the SDK writes them.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "method")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Call.CreateSession.class, name = "createSession"),
  @JsonSubTypes.Type(value = Call.ClientToken.class, name = "clientToken"),
  @JsonSubTypes.Type(value = Call.Streams.class, name = "streams"),
  @JsonSubTypes.Type(value = Call.Stream.class, name = "stream"),
  @JsonSubTypes.Type(value = Call.Signal.class, name = "signal"),
})
sealed interface Call {
  record CreateSession(
      @Nullable MediaMode mediaMode,
      @Nullable ArchiveMode archiveMode,
      @Nullable String location,
      @Nullable Boolean e2ee)
      implements Call {
    boolean isBare() {
      return mediaMode == null && archiveMode == null && location == null && e2ee == null;
    }
  }

  record ClientToken(
      String sessionId,
      @Nullable Role role,
      @Nullable String data,
      @Nullable Long lifetimeSeconds,
      @Nullable List<String> layoutClasses)
      implements Call {}

  record Streams(String sessionId) implements Call {}

  record Stream(String sessionId, String streamId) implements Call {}

  /** To everyone without a {@code connectionId}. */
  record Signal(
      String sessionId, @Nullable String connectionId, @Nullable String type, @Nullable String data)
      implements Call {}
}
