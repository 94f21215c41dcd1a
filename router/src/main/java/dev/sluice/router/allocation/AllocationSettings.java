package dev.sluice.router.allocation;

/** When layers change. */
public record AllocationSettings() {
  public static final AllocationSettings DEFAULTS = new AllocationSettings();
}
