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
 * and the path: the first such address, then the one the peer nominated last. Not thread-safe.
 */
public final class IceLite {
  /** RFC 7675 §5.1: consent lasts 30 seconds. */
  public static final long CONSENT_NANOS = 30_000_000_000L;

  /** A browser has one per interface and address family; a symmetric NAT adds some. */
  static final int MAX_ADDRESSES = 16;

  private static final class Verified {
    final InetSocketAddress address;
    long lastCheckNanos;

    Verified(InetSocketAddress address) {
      this.address = address;
    }
  }

  private final String usernameFragment;
  private final MessageIntegrity integrity;
  private final StunRequest request = new StunRequest();
  private final StunResponse response = new StunResponse();
  private final List<Verified> addresses = new ArrayList<>();
  private @Nullable InetSocketAddress path;
  private long lastCheckNanos;

  /** The local credentials (RFC 8839 §5.4). */
  public IceLite(String usernameFragment, String password) {
    this.usernameFragment = usernameFragment;
    this.integrity = new MessageIntegrity(password);
  }

  /** Takes a STUN datagram. After an authentic one {@link #reply} is what to send back. */
  public CheckResult onStun(
      byte[] buffer, int offset, int length, InetSocketAddress from, long nowNanos) {
    if (!request.wrap(buffer, offset, length)) {
      return CheckResult.MALFORMED;
    }
    if (!request.authentic(usernameFragment, integrity)) {
      return CheckResult.UNAUTHENTICATED;
    }
    if (!request.understood()) {
      response.unknownAttributes(request, integrity);
      return CheckResult.ANSWERED;
    }
    response.success(request, from, integrity);
    lastCheckNanos = nowNanos;
    verify(from, nowNanos);
    // The first address serves until the peer nominates one (RFC 8445 §8.1.1), then only a
    // nomination moves the path.
    if (path == null || (request.useCandidate() && !from.equals(path))) {
      path = from;
      return CheckResult.PATH_CHANGED;
    }
    return CheckResult.ANSWERED;
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
