package dev.sluice.e2e;

import com.vonage.client.VonageApiResponseException;
import com.vonage.client.VonageClientException;
import com.vonage.client.video.CreateSessionRequest;
import com.vonage.client.video.SignalRequest;
import com.vonage.client.video.TokenOptions;
import com.vonage.client.video.VideoClient;
import java.time.Duration;

/** The back end of an application, written with the SDK. */
final class Application {
  private final VideoClient client;

  Application(VideoClient client) {
    this.client = client;
  }

  /** A refusal by the server, or by the SDK before it asks, is a {@link Result.Failure}. */
  Result answer(Call call) {
    try {
      return switch (call) {
        case Call.CreateSession create -> createSession(create);
        case Call.ClientToken token -> new Result.Token(clientToken(token));
        case Call.Streams streams ->
            new Result.Streams(
                client.listStreams(streams.sessionId()).stream().map(Result.Stream::of).toList());
        case Call.Stream stream ->
            Result.Stream.of(client.getStream(stream.sessionId(), stream.streamId()));
        case Call.Signal signal -> signal(signal);
      };
    } catch (VonageApiResponseException e) {
      return new Result.Failure(e.getStatusCode(), e.toString());
    } catch (VonageClientException | IllegalArgumentException | IllegalStateException e) {
      return new Result.Failure(null, e.toString());
    }
  }

  private Result createSession(Call.CreateSession call) {
    // The SDK sends a request without a body for the one, a form for the other.
    if (call.isBare()) {
      return Result.Session.of(client.createSession());
    }
    CreateSessionRequest.Builder request = CreateSessionRequest.builder();
    if (call.mediaMode() != null) {
      request.mediaMode(call.mediaMode());
    }
    if (call.archiveMode() != null) {
      request.archiveMode(call.archiveMode());
    }
    if (call.location() != null) {
      request.location(call.location());
    }
    if (call.e2ee() != null) {
      request.e2ee(call.e2ee());
    }
    return Result.Session.of(client.createSession(request.build()));
  }

  private String clientToken(Call.ClientToken call) {
    TokenOptions.Builder options = TokenOptions.builder();
    if (call.role() != null) {
      options.role(call.role());
    }
    if (call.data() != null) {
      options.data(call.data());
    }
    if (call.lifetimeSeconds() != null) {
      options.expiryLength(Duration.ofSeconds(call.lifetimeSeconds()));
    }
    if (call.layoutClasses() != null) {
      options.initialLayoutClassList(call.layoutClasses());
    }
    return client.generateToken(call.sessionId(), options.build());
  }

  private Result signal(Call.Signal call) {
    SignalRequest.Builder builder = SignalRequest.builder();
    if (call.type() != null) {
      builder.type(call.type());
    }
    if (call.data() != null) {
      builder.data(call.data());
    }
    SignalRequest request = builder.build();
    if (call.connectionId() == null) {
      client.signalAll(call.sessionId(), request);
    } else {
      client.signal(call.sessionId(), call.connectionId(), request);
    }
    return new Result.Done();
  }
}
