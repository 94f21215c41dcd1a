package dev.sluice.router.allocation;

import java.util.List;

/**
 * One video that a subscriber wants.
 *
 * @param id of the subscription's video on this transport
 * @param ladder what it can be sent as, the cheapest first, up to what the subscriber prefers;
 *     empty while the publisher sends nothing
 * @param permission what audio fallback lets through
 * @param exempt recorders and relays get the best there is, whatever the network
 * @param screen a shared screen
 * @param speakerRank 0 for who speaks now, 1 for who spoke before; {@link Integer#MAX_VALUE} for
 *     who hasn't
 * @param pixels of the tile it is shown in; 0 when that is not known
 */
public record VideoDemand(
    int id,
    List<Rung> ladder,
    Permission permission,
    boolean exempt,
    boolean screen,
    int speakerRank,
    long pixels) {
  public VideoDemand {
    ladder = List.copyOf(ladder);
  }

  /** Whether another one is for the same video in the same layers, whatever they cost now. */
  boolean asksForTheSameAs(VideoDemand other) {
    if (id != other.id
        || permission != other.permission
        || exempt != other.exempt
        || screen != other.screen
        || speakerRank != other.speakerRank
        || pixels != other.pixels
        || ladder.size() != other.ladder.size()) {
      return false;
    }
    for (int i = 0; i < ladder.size(); i++) {
      if (!ladder.get(i).isSameAs(other.ladder.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** The same with another permission. */
  public VideoDemand with(Permission other) {
    return new VideoDemand(id, ladder, other, exempt, screen, speakerRank, pixels);
  }
}
