package dev.sluice.router.fallback;

/** The constants of audio fallback. */
public record FallbackSettings() {
  public static final FallbackSettings DEFAULTS = new FallbackSettings();
}
