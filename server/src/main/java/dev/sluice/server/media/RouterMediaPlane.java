package dev.sluice.server.media;

import dev.sluice.router.MediaRouter;
import dev.sluice.session.SessionId;
import dev.sluice.session.media.MediaListener;
import dev.sluice.session.media.MediaPlane;
import dev.sluice.session.media.MediaRoom;

/** The Media Router as the domain sees it. Any thread. */
public final class RouterMediaPlane implements MediaPlane {
  private final MediaRouter router;

  public RouterMediaPlane(MediaRouter router) {
    this.router = router;
  }

  @Override
  public MediaRoom open(SessionId session, MediaListener listener) {
    return new RouterMediaRoom(router.open(new RouterRoomListener(session, listener)));
  }
}
