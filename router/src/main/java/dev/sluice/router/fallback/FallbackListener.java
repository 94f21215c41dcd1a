package dev.sluice.router.fallback;

/** What subscribers are to be told. Worker thread. */
public interface FallbackListener {
  /**
   * The quality changed, from GOOD to WARNING, from that to GOOD or OFF, and from OFF to GOOD: a
   * warning always comes first.
   *
   * @param id of the video
   */
  void onQuality(int id, VideoQuality quality);
}
