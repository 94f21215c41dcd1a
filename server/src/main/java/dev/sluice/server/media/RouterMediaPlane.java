package dev.sluice.server.media;

import dev.sluice.router.MediaRouter;
import dev.sluice.session.SessionId;
import dev.sluice.session.media.MediaListener;
import dev.sluice.session.media.MediaPlane;
import dev.sluice.session.media.MediaRoom;
import dev.sluice.session.media.VideoCodec;
import java.util.List;

/** The Media Router as the domain sees it. Any thread. */
public final class RouterMediaPlane implements MediaPlane {
  private final MediaRouter router;

  public RouterMediaPlane(MediaRouter router) {
    this.router = router;
  }

  @Override
  public MediaRoom open(SessionId session, MediaListener listener) {
    return new RouterMediaRoom(
        router.open(session.toString(), new RouterRoomListener(session, listener)));
  }

  @Override
  public List<VideoCodec> videoCodecs() {
    return router.videoCodecs().stream().map(RouterMediaPlane::codec).toList();
  }

  private static VideoCodec codec(dev.sluice.rtp.codec.VideoCodec codec) {
    return switch (codec) {
      case VP8 -> VideoCodec.VP8;
      case VP9 -> VideoCodec.VP9;
      case H264 -> VideoCodec.H264;
      case AV1 -> VideoCodec.AV1;
    };
  }
}
