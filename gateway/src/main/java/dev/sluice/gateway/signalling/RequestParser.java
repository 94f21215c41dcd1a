package dev.sluice.gateway.signalling;

import dev.sluice.gateway.signalling.Fields.BadFieldException;
import dev.sluice.session.SessionId;
import dev.sluice.session.Signal;
import dev.sluice.session.StreamDescription;
import dev.sluice.session.SubscriptionId;
import dev.sluice.session.VideoDimensions;
import dev.sluice.session.VideoType;
import dev.sluice.session.live.StreamUpdate;
import dev.sluice.session.live.SubscriptionUpdate;
import dev.sluice.session.live.SubscriptionWish;
import dev.sluice.session.media.LayerPreference;
import dev.sluice.session.media.OfferedTrack;
import dev.sluice.session.media.PublishOffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads text frames. Stateless; any thread. */
final class RequestParser {
  private static final int MAX_CLIENT_BYTES = 128;
  private static final int MAX_NAME_BYTES = 1024;
  private static final int MAX_INITIALS_BYTES = 16;
  private static final int MAX_FRAME_RATE = 240;
  private static final int MAX_TRACKS = 256;
  private static final String VISIBLE = "visible";
  private static final String PREFERRED_RESOLUTION = "preferredResolution";
  private static final String PREFERRED_FRAME_RATE = "preferredFrameRate";

  /** Nothing in the protocol nests deeper than 3; the rest is for fields of later versions. */
  private static final int MAX_NESTING = 32;

  private final JsonMapper json;

  /**
   * @param maxMessageBytes the largest message the socket lets through
   */
  RequestParser(int maxMessageBytes) {
    this.json =
        JsonMapper.builder(
                JsonFactory.builder()
                    .streamReadConstraints(
                        StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_NESTING)
                            .maxStringLength(maxMessageBytes)
                            .maxNameLength(256)
                            .maxNumberLength(64)
                            .build())
                    .build())
            .build();
  }

  Incoming parse(String text) {
    ObjectNode message;
    try {
      if (!(json.readTree(text) instanceof ObjectNode object)) {
        return new Incoming.NotThisProtocol();
      }
      message = object;
    } catch (JacksonException e) {
      return new Incoming.NotThisProtocol();
    }
    JsonNode id = message.get("id");
    if (id == null || !id.isIntegralNumber() || !id.canConvertToLong()) {
      return new Incoming.NotThisProtocol();
    }
    Fields fields = new Fields(message);
    try {
      String type = fields.text("type");
      Optional<SignallingRequest> request = request(type, fields);
      return request.isPresent()
          ? new Incoming.Request(id.longValue(), request.get())
          : refused(id, ErrorCode.UNKNOWN_TYPE, "There is no such request type");
    } catch (BadFieldException e) {
      return refused(id, ErrorCode.BAD_REQUEST, String.valueOf(e.getMessage()));
    }
  }

  private static Incoming refused(JsonNode id, ErrorCode code, String message) {
    return new Incoming.Refused(id.longValue(), new SignallingError(code, message));
  }

  private static Optional<SignallingRequest> request(String type, Fields fields)
      throws BadFieldException {
    return Optional.ofNullable(
        switch (type) {
          case "connect" -> connect(fields);
          case "resume" -> resume(fields);
          case "ping" -> new SignallingRequest.Ping(fields.optionalLong("seq", 0));
          case "publish" -> publish(fields);
          case "publishOffer" -> publishOffer(fields);
          case "unpublish" -> new SignallingRequest.Unpublish(fields.streamId("streamId"));
          case "updateStream" -> updateStream(fields);
          case "subscribe" -> subscribe(fields);
          case "subscribeAnswer" ->
              new SignallingRequest.SubscribeAnswer(
                  fields.integer("revision", 0, Integer.MAX_VALUE), fields.text("sdp"));
          case "updateSubscription" -> updateSubscription(fields);
          case "restartSubscribe" ->
              new SignallingRequest.RestartSubscribe(fields.optionalFlag("renew").orElse(false));
          case "unsubscribe" -> new SignallingRequest.Unsubscribe(subscriptionId(fields));
          case "signal" ->
              new SignallingRequest.SendSignal(
                  new Signal(fields.optionalText("signalType"), fields.optionalText("data")),
                  fields.optionalConnectionId("to"));
          case "disconnect" -> new SignallingRequest.Disconnect();
          default -> null;
        });
  }

  private static SignallingRequest connect(Fields fields) throws BadFieldException {
    return new SignallingRequest.Connect(
        new SessionId(fields.text("sessionId")),
        fields.text("token"),

        // It goes into the log, where a line must stay one line.
        fields
            .optionalText("client", MAX_CLIENT_BYTES)
            .map(client -> client.replaceAll("[^\\x20-\\x7e]", "?"))
            .orElse(""));
  }

  private static SignallingRequest resume(Fields fields) throws BadFieldException {
    OptionalLong seq = fields.optionalLong("seq", 0);
    if (seq.isEmpty()) {
      throw Fields.bad("seq", "is missing");
    }
    return new SignallingRequest.Resume(
        fields.connectionId("connectionId"), fields.text("token"), seq.getAsLong());
  }

  private static SignallingRequest publish(Fields fields) throws BadFieldException {
    Optional<String> videoType = fields.optionalText("videoType");
    Optional<VideoType> parsedType = videoType.flatMap(VideoType::parse);
    if (videoType.isPresent() && parsedType.isEmpty()) {
      throw Fields.bad("videoType", "must be camera, screen or custom");
    }
    return new SignallingRequest.Publish(
        new StreamDescription(
            fields.optionalText("name", MAX_NAME_BYTES).orElse(""),
            fields.optionalText("initials", MAX_INITIALS_BYTES),
            parsedType,
            fields.flag("hasAudio"),
            fields.flag("hasVideo"),
            fields.optionalDimensions("videoDimensions", 0).orElse(VideoDimensions.NONE),
            fields.optionalInteger("frameRate", 0, MAX_FRAME_RATE),
            fields.optionalFlag("audioFallback")));
  }

  private static SignallingRequest publishOffer(Fields fields) throws BadFieldException {
    List<OfferedTrack> tracks = new ArrayList<>();
    for (JsonNode element : fields.list("tracks", MAX_TRACKS)) {
      if (!(element instanceof ObjectNode object)) {
        throw Fields.bad("tracks", "must hold objects");
      }
      Fields track = new Fields(object);
      tracks.add(new OfferedTrack(track.text("mid"), track.streamId("streamId")));
    }
    return new SignallingRequest.NegotiatePublish(new PublishOffer(fields.text("sdp"), tracks));
  }

  private static SignallingRequest updateStream(Fields fields) throws BadFieldException {
    Optional<String> reason = fields.optionalText("reason");
    if (reason.isPresent() && !reason.get().equals(Messages.QUALITY)) {
      throw Fields.bad("reason", "must be " + Messages.QUALITY);
    }
    return new SignallingRequest.UpdateStream(
        fields.streamId("streamId"),
        new StreamUpdate(
            fields.optionalFlag("hasAudio"),
            fields.optionalFlag("hasVideo"),
            fields.optionalDimensions("videoDimensions", 0),
            reason.isPresent()));
  }

  private static SignallingRequest subscribe(Fields fields) throws BadFieldException {
    return new SignallingRequest.Subscribe(
        fields.streamId("streamId"),
        new SubscriptionWish(
            fields.flag("audio"),
            fields.flag("video"),
            fields.optionalFlag(VISIBLE).orElse(true),
            new LayerPreference(
                fields.optionalDimensions(PREFERRED_RESOLUTION, 1),
                fields.optionalInteger(PREFERRED_FRAME_RATE, 1, MAX_FRAME_RATE))));
  }

  private static SignallingRequest updateSubscription(Fields fields) throws BadFieldException {
    return new SignallingRequest.UpdateSubscription(
        subscriptionId(fields),
        new SubscriptionUpdate(
            fields.optionalFlag("audio"),
            fields.optionalFlag("video"),
            fields.optionalFlag(VISIBLE),
            fields.preference(PREFERRED_RESOLUTION, name -> fields.dimensions(name, 1)),
            fields.preference(
                PREFERRED_FRAME_RATE, name -> fields.integer(name, 1, MAX_FRAME_RATE))));
  }

  private static SubscriptionId subscriptionId(Fields fields) throws BadFieldException {
    return new SubscriptionId(fields.text("subscriptionId"));
  }
}
