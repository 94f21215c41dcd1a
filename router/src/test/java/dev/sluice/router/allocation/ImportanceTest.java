package dev.sluice.router.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ImportanceTest {
  private final Allocator allocator = new Allocator(AllocationSettings.DEFAULTS);

  private static VideoDemand spoke(int id, int rank, long pixels) {
    return new VideoDemand(id, List.of(), Permission.ALL, false, false, rank, pixels);
  }

  private List<Integer> order(VideoDemand... demands) {
    return allocator.byImportance(List.of(demands)).stream().map(VideoDemand::id).toList();
  }

  @Test
  void recorders_then_screens_then_speakers_then_large_tiles_come_first() {
    assertThat(
            order(
                spoke(1, Integer.MAX_VALUE, 0),
                spoke(2, Integer.MAX_VALUE, 640 * 360),
                spoke(3, 1, 100),
                spoke(4, 0, 100),
                TestDemands.screen(5, List.of()),
                TestDemands.recorded(6, List.of())))
        .containsExactly(6, 5, 4, 3, 2, 1);
  }

  @Test
  void a_slightly_larger_tile_is_no_more_important() {
    assertThat(order(spoke(1, 7, 200_000), spoke(2, 7, 220_000), spoke(3, 7, 400_000)))
        .containsExactly(3, 1, 2);
  }

  @Test
  void absurd_sizes_are_compared_too() {
    assertThat(order(spoke(1, 7, -5), spoke(2, 7, Long.MAX_VALUE), spoke(3, 7, Long.MIN_VALUE)))
        .containsExactly(2, 1, 3);
    assertThat(Importance.weight(spoke(1, 0, Long.MAX_VALUE), AllocationSettings.Sharing.DEFAULTS))
        .isFinite();
  }
}
