package dev.sluice.gateway.signalling;

import dev.sluice.session.Connection;
import dev.sluice.session.MediaMode;
import dev.sluice.session.Role;
import dev.sluice.session.Session;
import dev.sluice.session.SessionLimits;
import dev.sluice.session.Signal;
import dev.sluice.session.Stream;
import dev.sluice.session.StreamDescription;
import dev.sluice.session.VideoDimensions;
import dev.sluice.session.live.Participant;
import dev.sluice.session.media.VideoCodec;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes replies and the values that replies and events share. */
final class Messages {
  /** The reason of a change that the network made, and not a person. */
  static final String QUALITY = "quality";

  private Messages() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ObjectNode reply(long id) {
    return object().put("reply", id);
  }

  static ObjectNode failure(long id, SignallingError error) {
    ObjectNode reply = reply(id);
    reply.putObject("error").put("code", error.code().wireName()).put("message", error.message());
    return reply;
  }

  static ObjectNode connected(
      long id,
      Participant participant,
      Session session,
      List<VideoCodec> videoCodecs,
      String resumeToken,
      SignallingSettings settings,
      SessionLimits limits) {
    ObjectNode reply = reply(id);
    reply.set("connection", connection(participant.connection()));
    reply.set("capabilities", capabilities(participant.connection().role()));
    ArrayNode codecs =
        reply
            .putObject("session")
            .put("id", session.id().value())
            .put("mediaMode", mediaMode(session.mediaMode()))
            .put("mediaPath", "router")
            .putArray("videoCodecs");
    videoCodecs.forEach(codec -> codecs.add(codec.name()));
    ArrayNode connections = reply.putArray("connections");
    participant.othersAtJoin().forEach(other -> connections.add(connection(other)));
    ArrayNode streams = reply.putArray("streams");
    participant.streamsAtJoin().forEach(stream -> streams.add(stream(stream)));
    reply.set("resume", resume(resumeToken, settings));
    reply
        .put("pingIntervalMs", settings.timeouts().pingInterval().toMillis())
        .put("pingTimeoutMs", settings.timeouts().pingTimeout().toMillis());
    reply
        .putObject("limits")
        .put("messageBytes", settings.limits().messageBytes())
        .put("messagesPerSecond", settings.limits().messagesPerSecond())
        .put("signalDataBytes", Signal.MAX_DATA_BYTES)
        .put("streamsPerConnection", limits.streamsPerConnection())
        .put("subscriptionsPerConnection", limits.subscriptionsPerConnection());
    return reply;
  }

  /**
   * @param receivedId the largest request id taken from the connection
   */
  static ObjectNode resumed(
      long id, String resumeToken, SignallingSettings settings, long receivedId) {
    ObjectNode reply = reply(id);
    reply.set("resume", resume(resumeToken, settings));
    return reply.put("received", receivedId);
  }

  private static ObjectNode resume(String token, SignallingSettings settings) {
    return object().put("token", token).put("windowMs", settings.timeouts().resume().toMillis());
  }

  static ObjectNode connection(Connection connection) {
    return object()
        .put("id", connection.id().toString())
        .put("createdAt", connection.createdAt().toEpochMilli())
        .put("data", connection.data());
  }

  static ObjectNode stream(Stream stream) {
    StreamDescription description = stream.description();
    ObjectNode node =
        object()
            .put("id", stream.id().toString())
            .put("connectionId", stream.connectionId().toString())
            .put("createdAt", stream.createdAt().toEpochMilli())
            .put("name", description.name())
            .put("hasAudio", description.hasAudio())
            .put("hasVideo", description.hasVideo());
    description.initials().ifPresent(initials -> node.put("initials", initials));
    description.videoType().ifPresent(type -> node.put("videoType", type.wireName()));
    node.set("videoDimensions", dimensions(description.videoDimensions()));
    description.frameRate().ifPresent(rate -> node.put("frameRate", rate));
    return node;
  }

  static ObjectNode dimensions(VideoDimensions dimensions) {
    return object().put("width", dimensions.width()).put("height", dimensions.height());
  }

  private static ObjectNode capabilities(Role role) {
    return object()
        .put("publish", role.mayPublish())
        .put("subscribe", role.maySubscribe())
        .put("signal", role.maySignal())
        .put("forceDisconnect", role.mayModerate())
        .put("forceUnpublish", role.mayModerate())
        .put("forceMute", role.mayModerate());
  }

  private static String mediaMode(MediaMode mode) {
    return mode.name().toLowerCase(Locale.ROOT);
  }
}
