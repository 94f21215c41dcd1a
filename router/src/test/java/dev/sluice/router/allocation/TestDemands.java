package dev.sluice.router.allocation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Videos to share bits out to. */
final class TestDemands {
  /** What a camera of 960x540 costs, by simulcast encoding and temporal layer, in kbit/s. */
  private static final int[][] CAMERA_KBPS = {{55, 80, 115}, {190, 280, 390}, {570, 850, 1_200}};

  private TestDemands() {}

  static List<Rung> camera() {
    return camera(1);
  }

  /** A camera that costs so many times the usual. */
  static List<Rung> camera(double factor) {
    List<Rung> ladder = new ArrayList<>();
    for (int encoding = 0; encoding < CAMERA_KBPS.length; encoding++) {
      for (int temporal = 0; temporal < CAMERA_KBPS[encoding].length; temporal++) {
        long costBps = (long) (CAMERA_KBPS[encoding][temporal] * 1_000 * factor);
        ladder.add(rung(encoding, temporal, 240 << encoding, 135 << encoding, costBps));
      }
    }
    return ladder;
  }

  /** One rung for each cost, each another encoding of unknown size. */
  static List<Rung> ladder(long... costsBps) {
    List<Rung> ladder = new ArrayList<>();
    for (int i = 0; i < costsBps.length; i++) {
      ladder.add(rung(i, 0, 0, 0, costsBps[i]));
    }
    return ladder;
  }

  static Rung rung(int encoding, int temporal, int width, int height, long costBps) {
    return new Rung(encoding, 0, temporal, width, height, 0, costBps, costBps, true);
  }

  static VideoDemand tile(int id, List<Rung> ladder) {
    return new VideoDemand(id, ladder, Permission.ALL, false, false, Integer.MAX_VALUE, 640 * 360);
  }

  static VideoDemand screen(int id, List<Rung> ladder) {
    return new VideoDemand(id, ladder, Permission.ALL, false, true, Integer.MAX_VALUE, 640 * 360);
  }

  static VideoDemand speaker(int id, List<Rung> ladder) {
    return new VideoDemand(id, ladder, Permission.ALL, false, false, 0, 640 * 360);
  }

  static VideoDemand recorded(int id, List<Rung> ladder) {
    return new VideoDemand(id, ladder, Permission.ALL, true, false, Integer.MAX_VALUE, 0);
  }

  /** Anything: some of it makes no sense. */
  static List<VideoDemand> random(Random random) {
    List<VideoDemand> demands = new ArrayList<>();
    int videos = random.nextInt(6);
    for (int id = 0; id < videos; id++) {
      demands.add(
          new VideoDemand(
              id,
              random.nextInt(4) == 0 ? absurdLadder(random) : camera(0.3 + random.nextDouble()),
              permission(random),
              random.nextInt(10) == 0,
              random.nextInt(6) == 0,
              random.nextInt(3) == 0 ? random.nextInt(4) : Integer.MAX_VALUE,
              random.nextInt(4) == 0 ? 0 : random.nextLong(2_000_000)));
    }
    return demands;
  }

  private static Permission permission(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> Permission.NONE;
      case 1 -> Permission.BASE;
      default -> Permission.ALL;
    };
  }

  private static List<Rung> absurdLadder(Random random) {
    List<Rung> ladder = new ArrayList<>();
    int rungs = random.nextInt(8);
    for (int i = 0; i < rungs; i++) {
      ladder.add(
          new Rung(
              random.nextInt(3),
              random.nextInt(3),
              random.nextInt(3),
              random.nextInt(20_000),
              random.nextInt(20_000),
              random.nextDouble(300),
              absurdRate(random),
              absurdRate(random),
              random.nextBoolean()));
    }
    return ladder;
  }

  private static long absurdRate(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> 0;
      case 1 -> -random.nextLong(1_000_000);
      case 2 -> Long.MAX_VALUE;
      case 3 -> Long.MIN_VALUE;
      default -> random.nextLong(3_000_000);
    };
  }
}
