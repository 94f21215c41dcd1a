package dev.sluice.e2e;

import com.vonage.client.video.CreateSessionResponse;
import com.vonage.client.video.GetStreamResponse;
import com.vonage.client.video.VideoType;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the SDK gave back: what it made of the server's answer, not the answer. */
sealed interface Result {
  record Session(
      @Nullable String sessionId, @Nullable String applicationId, @Nullable String createdAt)
      implements Result {
    static Session of(CreateSessionResponse response) {
      return new Session(
          response.getSessionId(),
          Objects.toString(response.getApplicationId(), null),
          response.getCreateDt());
    }
  }

  record Token(String token) implements Result {}

  record Stream(
      String id,
      @Nullable VideoType videoType,
      @Nullable String name,
      @Nullable List<String> layoutClassList)
      implements Result {
    static Stream of(GetStreamResponse response) {
      return new Stream(
          response.getId().toString(),
          response.getVideoType(),
          response.getName(),
          response.getLayoutClassList());
    }
  }

  record Streams(List<Stream> items) implements Result {}

  record Done() implements Result {}

  /**
   * @param status of the HTTP answer; absent when the SDK failed otherwise
   */
  record Failure(@Nullable Integer status, String message) implements Result {}
}
