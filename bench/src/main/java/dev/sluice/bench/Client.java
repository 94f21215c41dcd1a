package dev.sluice.bench;

import dev.sluice.transport.dtls.DtlsIdentity;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One person in a meeting: publishes or watches.
 *
 * @param received what came over the peer connection
 */
record Client(Signalling signalling, MediaPeer peer, Received received) implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 20;

  /** Publishes sound and a picture. */
  static Client publisher(DtlsIdentity identity, HttpClient http, Meeting meeting)
      throws IOException, InterruptedException {
    Signalling signalling = new Signalling(http, meeting.server(), _ -> {});
    connect(signalling, meeting);
    String stream =
        signalling
            .ask(
                signalling
                    .request("publish")
                    .put("name", "load")
                    .put("videoType", "camera")
                    .put("hasAudio", true)
                    .put("hasVideo", true))
            .get("streamId")
            .asString();
    ObjectNode offer =
        signalling.request("publishOffer").put("sdp", Sdp.publishOffer(identity.fingerprint()));
    for (String mid : new String[] {"0", "1"}) {
      offer.withArray("tracks").addObject().put("mid", mid).put("streamId", stream);
    }
    String answer = signalling.ask(offer).get("sdp").asString();
    Received received = new Received(Sdp.TRANSPORT_SEQUENCE_EXTENSION);
    MediaPeer peer = new MediaPeer(identity, answer, received);
    peer.connect();
    return new Client(signalling, peer, received);
  }

  /** Watches the first stream of the meeting. */
  static Client subscriber(DtlsIdentity identity, HttpClient http, Meeting meeting)
      throws IOException, InterruptedException {
    BlockingQueue<JsonNode> offers = new LinkedBlockingQueue<>();
    Signalling signalling =
        new Signalling(
            http,
            meeting.server(),
            event -> {
              if (event.get("event").asString().equals("subscribeOffer")) {
                offers.add(event);
              }
            });
    String stream = connect(signalling, meeting).get("streams").get(0).get("id").asString();
    signalling.ask(
        signalling
            .request("subscribe")
            .put("streamId", stream)
            .put("audio", true)
            .put("video", true));
    JsonNode offer = offers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (offer == null) {
      throw new IOException("no offer came for a subscription");
    }
    String sdp = offer.get("sdp").asString();
    Received received = new Received(Sdp.transportSequenceId(sdp));
    MediaPeer peer = new MediaPeer(identity, sdp, received);
    signalling.ask(
        signalling
            .request("subscribeAnswer")
            .put("revision", offer.get("revision").asInt())
            .put("sdp", Sdp.subscribeAnswer(sdp, identity.fingerprint())));
    peer.connect();
    return new Client(signalling, peer, received);
  }

  private static JsonNode connect(Signalling signalling, Meeting meeting)
      throws IOException, InterruptedException {
    Meeting.Ticket ticket = meeting.enter();
    return signalling.ask(
        signalling
            .request("connect")
            .put("sessionId", ticket.sessionId())
            .put("token", ticket.token())
            .put("client", "sluice-bench"));
  }

  /** Shows the server that we are here; due every few seconds. */
  void keepAlive() throws IOException, InterruptedException {
    peer.check();
    signalling.ask(signalling.request("ping"));
  }

  @Override
  public void close() throws IOException {
    signalling.close();
    peer.close();
  }
}
