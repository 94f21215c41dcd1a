package dev.sluice.simulation.judge;

/** What is measured of a run; not a number where it makes no sense. */
public enum Metric {
  /** From the fall of the capacity to the first warning. */
  WARN("warn", "s"),
  /** From there to the first video that was switched off. */
  OFF("off", "s"),
  /** From the rise of the capacity to the last video's return; infinite when it never came. */
  BACK("back", "s"),
  /** How often videos were switched off. */
  FALLBACKS("fallbacks", ""),
  /** Sound never heard, of what was not lost by chance, while the path was congested. */
  AUDIO_LOSS("audio loss", "%"),
  /** The same in the worst five seconds. */
  AUDIO_WORST("audio loss in 5 s", "%"),
  /** What 19 of 20 packets of sound took longer at most than on an empty path. */
  AUDIO_DELAY("audio delay", "ms"),
  /**
   * How much of that is the video's: what it was more than in the same run without video. Where
   * others fill a queue, sound waits in it whatever is sent.
   */
  ADDED_DELAY("audio delay by video", "ms"),
  /**
   * The share of the time that a video was on, but of a minute at least, in which it stood still.
   */
  FROZEN("frozen", "%"),
  /** The share of the capacity that carried something while it was steady. */
  USED("used", "%"),
  /** Changes of the encoding in a minute of video. */
  SWITCHES("switches", "/min"),
  /** What was sent while the path was congested. */
  SENT("sent", "kbit/s"),
  /** How often videos of the others were switched off. */
  OTHERS_FALLBACKS("others' fallbacks", ""),
  /** {@link #FROZEN} of whom it was worst for among the others. */
  OTHERS_FROZEN("others frozen", "%"),
  /** The smallest share of a path among equals, of the largest. */
  FAIRNESS("fairness", "%"),
  /** The longest that video was off while the path was good for it. */
  STUCK("stuck", "s"),
  /** Tasks and datagrams that ended in a fault of the router's. */
  FAULTS("faults", "");

  private final String title;
  private final String unit;

  Metric(String title, String unit) {
    this.title = title;
    this.unit = unit;
  }

  public String title() {
    return title;
  }

  public String unit() {
    return unit;
  }
}
