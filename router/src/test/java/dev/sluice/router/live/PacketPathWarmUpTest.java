package dev.sluice.router.live;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PacketPathWarmUpTest {
  @Test
  void every_packet_goes_all_the_way() {
    assertThatCode(() -> PacketPathWarmUp.run(new Random(1))).doesNotThrowAnyException();
  }
}
