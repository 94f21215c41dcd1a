package dev.sluice.simulation.scenario;

import dev.sluice.router.live.AdaptationSettings;
import dev.sluice.router.worker.Worker;
import dev.sluice.simulation.judge.Gate;
import dev.sluice.simulation.judge.Judgement;
import dev.sluice.simulation.judge.Metric;
import dev.sluice.simulation.judge.Study;
import dev.sluice.simulation.world.World;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Something that happens to a room, and what must come of it.
 *
 * @param name short, as it is asked for
 * @param title what happens
 * @param seconds how long, in virtual time
 * @param tickNanos how often the router's timers run
 * @param layout who is there
 */
public record Scenario(
    String name, String title, int seconds, long tickNanos, Layout layout, List<Gate> gates) {
  /** Fills a room. */
  @FunctionalInterface
  public interface Layout {
    /**
     * Fills it, and tells who is to be looked at.
     *
     * @param seed of what the layout itself decides by chance
     */
    Study fill(World world, long seed);
  }

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long SAMPLE_NANOS = 100_000_000;

  public Scenario {
    gates = List.copyOf(gates);
  }

  /** One at the router's usual pace. */
  public static Scenario of(
      String name, String title, int seconds, Layout layout, List<Gate> gates) {
    return new Scenario(name, title, seconds, Worker.TICK_NANOS, layout, gates);
  }

  /** Runs it once. */
  public Run run(long seed, AdaptationSettings adaptation) {
    return run(seed, adaptation, (_, _) -> {});
  }

  /**
   * Runs it once.
   *
   * @param sampler called every 100 ms of it
   */
  public Run run(long seed, AdaptationSettings adaptation, BiConsumer<World, Study> sampler) {
    Run run = run(new World(seed, adaptation, tickNanos), seed, sampler);
    boolean compares = gates.stream().anyMatch(gate -> gate.metric() == Metric.ADDED_DELAY);
    if (!compares) {
      return run;
    }
    Run withoutVideo = run(new World(seed, adaptation, tickNanos, false), seed, (_, _) -> {});
    double added = run.value(Metric.AUDIO_DELAY) - withoutVideo.value(Metric.AUDIO_DELAY);
    return run.with(Metric.ADDED_DELAY, Math.max(0, added));
  }

  private Run run(World world, long seed, BiConsumer<World, Study> sampler) {
    Study study = layout.fill(world, seed);
    long endNanos = seconds * NANOS_PER_SECOND;
    for (long at = SAMPLE_NANOS; at <= endNanos; at += SAMPLE_NANOS) {
      world.runUntil(at);
      sampler.accept(world, study);
    }
    world.close();
    return new Run(
        seed, Judgement.of(study, endNanos, Rooms.GOOD_BPS, world.faults()), study, endNanos);
  }

  @Override
  public String toString() {
    return name;
  }
}
