package dev.sluice.router.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UpgradeHoldTest {
  private static final long SECOND = 1_000_000_000;

  private final UpgradeHold hold = new UpgradeHold(AllocationSettings.Upgrade.DEFAULTS);

  private long seconds(long nowSeconds) {
    return (hold.endNanos(nowSeconds * SECOND) - nowSeconds * SECOND) / SECOND;
  }

  @Test
  void it_is_doubled_by_upgrades_that_are_undone_up_to_its_limit() {
    long nowSeconds = 0;
    for (long expected : new long[] {4, 8, 12, 12}) {
      nowSeconds += 10;
      hold.onDowngrade(true, nowSeconds * SECOND);
      assertThat(seconds(nowSeconds)).as("after %d s", nowSeconds).isEqualTo(expected);
    }
  }

  @Test
  void one_trouble_doubles_it_once() {
    hold.onDowngrade(true, 10 * SECOND);
    hold.onDowngrade(true, 10 * SECOND + 50_000_000);
    hold.onDowngrade(true, 11 * SECOND);
    assertThat(seconds(11)).isEqualTo(4);
  }

  @Test
  void it_is_halved_for_each_half_minute_of_calm() {
    hold.onDowngrade(true, 10 * SECOND);
    hold.onDowngrade(true, 20 * SECOND);
    hold.onDowngrade(false, 79 * SECOND);
    assertThat(seconds(79)).isEqualTo(4);
    hold.onDowngrade(false, 81 * SECOND);
    assertThat(seconds(81)).isEqualTo(2);
  }
}
