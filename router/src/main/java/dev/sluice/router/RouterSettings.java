package dev.sluice.router;

import dev.sluice.router.live.AdaptationSettings;
import dev.sluice.rtp.codec.VideoCodec;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;

/**
 * How a {@link MediaRouter} meets the network.
 *
 * @param bindAddresses concrete local addresses to open ports on, never a wildcard
 * @param advertisedAddresses what peers are told to send to, each for the bound one at its index,
 *     the preferred one first; another one where a NAT forwards the same ports to this machine
 * @param basePort UDP port of the first worker, the others have the next ones; 0 for free ports
 * @param workers 1 or more, each with a thread
 * @param videoCodecs the preferred one first, at least one, none twice: a publisher sends the first
 *     that it has
 * @param adaptation how what subscribers are sent is adapted to their networks
 */
public record RouterSettings(
    List<InetAddress> bindAddresses,
    List<InetAddress> advertisedAddresses,
    int basePort,
    int workers,
    List<VideoCodec> videoCodecs,
    AdaptationSettings adaptation) {
  /** Every codec; VP8, which each client has, before the others. */
  public static final List<VideoCodec> EVERY_VIDEO_CODEC =
      List.of(VideoCodec.VP8, VideoCodec.VP9, VideoCodec.H264, VideoCodec.AV1);

  public RouterSettings {
    bindAddresses = List.copyOf(bindAddresses);
    advertisedAddresses = List.copyOf(advertisedAddresses);
    if (bindAddresses.isEmpty() || bindAddresses.size() != advertisedAddresses.size()) {
      throw new IllegalArgumentException(
          "bound %s and advertised %s addresses must pair up"
              .formatted(bindAddresses, advertisedAddresses));
    }
    videoCodecs = List.copyOf(videoCodecs);
    if (videoCodecs.isEmpty() || Set.copyOf(videoCodecs).size() != videoCodecs.size()) {
      throw new IllegalArgumentException("video codecs, each once, are needed: " + videoCodecs);
    }
    if (workers < 1) {
      throw new IllegalArgumentException("%d workers".formatted(workers));
    }
    if (basePort < 0 || basePort + workers - 1 > 65_535) {
      throw new IllegalArgumentException(
          "%d UDP ports from %d on do not exist".formatted(workers, basePort));
    }
  }
}
