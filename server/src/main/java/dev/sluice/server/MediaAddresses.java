package dev.sluice.server;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the Media Router listens and what it tells clients. Each bound address has one advertised
 * address at the same index; they differ behind a NAT.
 *
 * @param bind concrete local addresses, never a wildcard: Java cannot choose the source address of
 *     a reply, and a browser ignores one that comes from elsewhere
 * @param advertised the addresses in the candidates that clients get
 */
public record MediaAddresses(List<InetAddress> bind, List<InetAddress> advertised) {
  public MediaAddresses {
    bind = List.copyOf(bind);
    advertised = List.copyOf(advertised);
    if (bind.isEmpty() || bind.size() != advertised.size()) {
      throw new IllegalArgumentException(
          "bound %s and advertised %s addresses must pair up".formatted(bind, advertised));
    }
  }

  /**
   * Chooses from what the person said.
   *
   * @param host the address that the front doors listen on
   * @param advertise the addresses to advertise; empty means the ones that are bound
   * @param local this machine's addresses, loopback included
   * @throws StartException when no address is usable
   */
  public static MediaAddresses choose(
      InetAddress host, List<InetAddress> advertise, List<InetAddress> local)
      throws StartException {
    return advertise("--advertise", advertise, reachableFrom(host, local), local);
  }

  /**
   * Takes what a configuration file says.
   *
   * @param bind empty for every address but loopback
   * @param advertise one for each of {@code bind}, in the same order; empty for the same ones
   * @param local this machine's addresses, loopback included
   * @throws StartException when an address is not this machine's, or none is usable
   */
  public static MediaAddresses configured(
      List<InetAddress> bind, List<InetAddress> advertise, List<InetAddress> local)
      throws StartException {
    if (bind.isEmpty()) {
      List<InetAddress> candidates = withoutLoopback(local);
      if (candidates.isEmpty()) {
        throw new StartException(
            "no usable network address: this machine has only loopback ones; name one in"
                + " media.bind, or connect it to a network");
      }
      return advertise("media.advertise", advertise, candidates, local);
    }
    for (InetAddress address : bind) {
      if (!local.contains(address)) {
        throw new StartException(
            "media.bind: %s is not an address of this machine; it has %s"
                .formatted(address.getHostAddress(), list(local)));
      }
    }
    return new MediaAddresses(bind, advertise.isEmpty() ? bind : advertise);
  }

  private static MediaAddresses advertise(
      String option,
      List<InetAddress> advertise,
      List<InetAddress> candidates,
      List<InetAddress> local)
      throws StartException {
    if (advertise.isEmpty()) {
      return new MediaAddresses(candidates, candidates);
    }
    List<InetAddress> bind = new ArrayList<>();
    List<InetAddress> advertised = new ArrayList<>();
    for (InetAddress address : advertise) {
      if (address.isAnyLocalAddress() || address.isMulticastAddress()) {
        throw new StartException(
            "%s %s is not an address that a client can reach; name the machine's own or its public address"
                .formatted(option, address.getHostAddress()));
      }
      // An address of another machine is a NAT in front of this one: listen on the first local
      // address of its family.
      InetAddress listen =
          local.contains(address)
              ? address
              : firstOfFamily(address, candidates)
                  .orElseThrow(
                      () ->
                          new StartException(
                              "%s %s: this machine has no %s address to receive its media on; listen on one, or advertise another"
                                  .formatted(
                                      option,
                                      address.getHostAddress(),
                                      address.getAddress().length == 4 ? "IPv4" : "IPv6")));
      if (bind.contains(listen)) {
        throw new StartException(
            "%s %s: the local address %s already stands for another advertised one"
                .formatted(option, address.getHostAddress(), listen.getHostAddress()));
      }
      bind.add(listen);
      advertised.add(address);
    }
    return new MediaAddresses(bind, advertised);
  }

  private static List<InetAddress> reachableFrom(InetAddress host, List<InetAddress> local)
      throws StartException {
    if (host.isLoopbackAddress()) {
      // Firefox pairs no loopback candidates: a browser on this machine reaches the first real
      // address as well.
      List<InetAddress> addresses = new ArrayList<>();
      addresses.add(host);
      firstOfFamily(host, withoutLoopback(local)).ifPresent(addresses::add);
      return addresses;
    }
    if (host.isAnyLocalAddress()) {
      List<InetAddress> addresses = withoutLoopback(local);
      if (addresses.isEmpty()) {
        throw new StartException(
            "no usable network address: this machine has only loopback ones; start without --host,"
                + " or connect it to a network");
      }
      return addresses;
    }
    if (!local.contains(host)) {
      throw new StartException(
          "--host %s is not an address of this machine; it has %s"
              .formatted(host.getHostAddress(), list(local)));
    }
    return List.of(host);
  }

  private static String list(List<InetAddress> addresses) {
    return String.join(", ", addresses.stream().map(InetAddress::getHostAddress).toList());
  }

  private static List<InetAddress> withoutLoopback(List<InetAddress> local) {
    return local.stream().filter(a -> !a.isLoopbackAddress()).toList();
  }

  private static Optional<InetAddress> firstOfFamily(InetAddress like, List<InetAddress> from) {
    return from.stream().filter(a -> a.getClass() == like.getClass()).findFirst();
  }
}
