package dev.sluice.router.worker;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the link a datagram belongs to. */
final class LinkTable {
  private final Map<InetSocketAddress, Link> bySource = new HashMap<>();
  private final Map<String, Link> byUfrag = new HashMap<>();

  void addUfrag(String ufrag, Link link) {
    Link other = byUfrag.putIfAbsent(ufrag, link);
    if (other != null) {
      throw new IllegalStateException("two transports have the user name fragment " + ufrag);
    }
  }

  /** Takes an address over from a link that had it: NATs and browsers use ports again. */
  void addSource(InetSocketAddress source, Link link) {
    bySource.put(source, link);
  }

  void removeUfrag(String ufrag, Link link) {
    byUfrag.remove(ufrag, link);
  }

  void removeSource(InetSocketAddress source, Link link) {
    bySource.remove(source, link);
  }

  @Nullable Link bySource(InetSocketAddress source) {
    return bySource.get(source);
  }

  @Nullable Link byUfrag(String ufrag) {
    return byUfrag.get(ufrag);
  }

  int sources() {
    return bySource.size();
  }

  int ufrags() {
    return byUfrag.size();
  }
}
