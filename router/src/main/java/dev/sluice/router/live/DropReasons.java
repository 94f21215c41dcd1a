package dev.sluice.router.live;

import dev.sluice.transport.TransportCounters;
import java.util.Map;
import java.util.TreeMap;

/** Gathers counts of what was dropped under the names of their reasons; zeros are left out. */
final class DropReasons {
  private final Map<String, Long> counts = new TreeMap<>();

  /** What a transport has dropped. */
  static DropReasons of(TransportCounters counters) {
    return new DropReasons()
        .add("malformedStun", counters.malformedStun)
        .add("unauthenticatedStun", counters.unauthenticatedStun)
        .add("malformedDtls", counters.malformedDtls)
        .add("dtlsFromUnverifiedAddress", counters.dtlsFromUnverifiedAddress)
        .add("dtlsQueueFull", counters.dtlsQueueFull)
        .add("dtlsHandshakePutOff", counters.dtlsHandshakesPutOff)
        .add("malformedSrtp", counters.malformedSrtp)
        .add("srtpFromUnverifiedAddress", counters.srtpFromUnverifiedAddress)
        .add("srtpAuthenticationFailure", counters.srtpAuthenticationFailures)
        .add("srtpReplay", counters.srtpReplays)
        .add("protectWithoutKeys", counters.protectsWithoutKeys)
        .add("protectReplay", counters.protectReplays)
        .add("earlyMedia", counters.earlyMediaDropped)
        .add("unknownDatagram", counters.unknownDatagrams);
  }

  DropReasons add(String reason, long count) {
    if (count != 0) {
      counts.merge(reason, count, Long::sum);
    }
    return this;
  }

  Map<String, Long> counts() {
    return counts;
  }
}
