package dev.sluice.session.media;

import dev.sluice.session.SessionId;
import java.util.List;

/** The port through which sessions reach media. The server binds the Media Router to it. */
public interface MediaPlane {
  /** Opens the media of a session; it stays on one worker until it is closed. */
  MediaRoom open(SessionId session, MediaListener listener);

  /** The codecs of video, the preferred first; the same for every session. At least one. */
  List<VideoCodec> videoCodecs();
}
