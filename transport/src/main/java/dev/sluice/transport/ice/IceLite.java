package dev.sluice.transport.ice;

import dev.sluice.transport.stun.MessageIntegrity;
import dev.sluice.transport.stun.StunRequest;
import dev.sluice.transport.stun.StunResponse;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A lite agent with one component. It knows the addresses that have passed an authenticated check,
 * and the path: the first such address, then the one the peer nominated last.
 *
 * <p>A restart (RFC 8445 §9) brings new credentials and changes nothing else: the old ones stay
 * good, and the path is as it was, until the peer nominates with the new ones. Not thread-safe.
 */
public final class IceLite {
  /** RFC 7675 §5.1: consent lasts 30 seconds. */
  public static final long CONSENT_NANOS = 30_000_000_000L;

  /** A browser has one per interface and address family; a symmetric NAT adds some. */
  static final int MAX_ADDRESSES = 16;

  /**
   * How long credentials are good after the peer has nominated with newer ones: its last checks may
   * still be on their way.
   */
  public static final long GRACE_NANOS = 5_000_000_000L;

  /**
   * The one that made the path and the two newest: while a description with the newest is on its
   * way, the peer checks with those before.
   */
  static final int MAX_GENERATIONS = 3;

  /** The credentials of one restart. */
  private static final class Generation {
    final String usernameFragment;
    final MessageIntegrity integrity;
    boolean superseded;
    long supersededNanos;

    Generation(String usernameFragment, String password) {
      this.usernameFragment = usernameFragment;
      this.integrity = new MessageIntegrity(password);
    }
  }

  private static final class Verified {
    final InetSocketAddress address;
    long lastCheckNanos;

    Verified(InetSocketAddress address) {
      this.address = address;
    }
  }

  private final StunRequest request = new StunRequest();
  private final StunResponse response = new StunResponse();
  private final List<Verified> addresses = new ArrayList<>();

  /** The oldest first. */
  private final List<Generation> generations = new ArrayList<>();

  /** The generation that the peer has nominated with, before that the first one. */
  private Generation established;

  private @Nullable InetSocketAddress path;
  private long lastCheckNanos;

  /** The local credentials (RFC 8839 §5.4). */
  public IceLite(String usernameFragment, String password) {
    established = new Generation(usernameFragment, password);
    generations.add(established);
  }

  /**
   * New local credentials, besides those there are.
   *
   * @return the user name fragment that made room: its credentials are no longer good
   * @throws IllegalArgumentException when the user name fragment is in use
   */
  public Optional<String> restart(String usernameFragment, String password) {
    if (usernameFragments().contains(usernameFragment)) {
      throw new IllegalArgumentException("user name fragment %s again".formatted(usernameFragment));
    }
    generations.add(new Generation(usernameFragment, password));
    if (generations.size() <= MAX_GENERATIONS) {
      return Optional.empty();
    }
    int oldest = generations.getFirst() == established ? 1 : 0;
    return Optional.of(generations.remove(oldest).usernameFragment);
  }

  /** The user name fragments of the credentials that are good, the oldest first. */
  public List<String> usernameFragments() {
    return generations.stream().map(generation -> generation.usernameFragment).toList();
  }

  /**
   * Ends the credentials that were good only for the grace period.
   *
   * @return their user name fragments
   */
  public List<String> dropSuperseded(long nowNanos) {
    List<String> dropped = List.of();
    for (int i = generations.size() - 1; i >= 0; i--) {
      Generation generation = generations.get(i);
      if (generation.superseded && nowNanos - generation.supersededNanos > GRACE_NANOS) {
        generations.remove(i);
        dropped = new ArrayList<>(dropped);
        dropped.add(generation.usernameFragment);
      }
    }
    return dropped;
  }

  /** Takes a STUN datagram. After an authentic one {@link #reply} is what to send back. */
  public CheckResult onStun(
      byte[] buffer, int offset, int length, InetSocketAddress from, long nowNanos) {
    if (!request.wrap(buffer, offset, length)) {
      return CheckResult.MALFORMED;
    }
    Generation generation = authentic();
    if (generation == null) {
      return CheckResult.UNAUTHENTICATED;
    }
    if (!request.understood()) {
      response.unknownAttributes(request, generation.integrity);
      return CheckResult.ANSWERED;
    }
    response.success(request, from, generation.integrity);
    lastCheckNanos = nowNanos;
    verify(from, nowNanos);
    // A nomination with superseded credentials is one that was late, or is sent again by somebody.
    boolean nominates = request.useCandidate() && !generation.superseded;
    if (nominates) {
      establish(generation, nowNanos);
    }
    // The first address serves until the peer nominates one (RFC 8445 §8.1.1), then only a
    // nomination moves the path.
    if (path == null || (nominates && !from.equals(path))) {
      path = from;
      return CheckResult.PATH_CHANGED;
    }
    return CheckResult.ANSWERED;
  }

  private @Nullable Generation authentic() {
    for (int i = generations.size() - 1; i >= 0; i--) {
      Generation generation = generations.get(i);
      if (request.authentic(generation.usernameFragment, generation.integrity)) {
        return generation;
      }
    }
    return null;
  }

  private void establish(Generation nominated, long nowNanos) {
    established = nominated;
    for (Generation older : generations) {
      if (older == nominated) {
        return;
      }
      if (!older.superseded) {
        older.superseded = true;
        older.supersededNanos = nowNanos;
      }
    }
  }

  /** The response to the last request; valid until the next {@link #onStun}. */
  public StunResponse reply() {
    return response;
  }

  /** Where the peer is to be reached; empty before the first authentic check. */
  public Optional<InetSocketAddress> path() {
    return Optional.ofNullable(path);
  }

  /** Whether an authentic check has come from this address. */
  public boolean verified(InetSocketAddress address) {
    if (address.equals(path)) {
      return true;
    }
    for (int i = 0; i < addresses.size(); i++) {
      if (addresses.get(i).address.equals(address)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the peer has stopped checking: nothing may be sent to it any more (RFC 7675). */
  public boolean consentExpired(long nowNanos) {
    return path != null && nowNanos - lastCheckNanos > CONSENT_NANOS;
  }

  private void verify(InetSocketAddress from, long nowNanos) {
    for (Verified known : addresses) {
      if (known.address.equals(from)) {
        known.lastCheckNanos = nowNanos;
        return;
      }
    }
    if (addresses.size() == MAX_ADDRESSES) {
      addresses.stream()
          .filter(known -> !known.address.equals(path))
          .min(Comparator.comparingLong(known -> known.lastCheckNanos - nowNanos))
          .ifPresent(addresses::remove);
    }
    Verified added = new Verified(from);
    added.lastCheckNanos = nowNanos;
    addresses.add(added);
  }
}
