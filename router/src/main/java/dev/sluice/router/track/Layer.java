package dev.sluice.router.track;

import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.extension.DependencyStructure;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One encoding of a track: one SSRC of a publisher with its retransmissions. An audio track and a
 * video track without simulcast have one layer. Gathers what is known of it; see the package for
 * the order of calls. Made by {@link LayerTable}; used on the worker's thread only.
 */
public final class Layer {
  /**
   * A layer that was silent for so long is not sent any more. A still screen comes at one frame a
   * second in Chromium, so it must be longer than that.
   */
  static final long SILENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);

  private final InboundSection section;
  private final String rid;
  private final int index;
  private final BitrateMeter bitrate = new BitrateMeter();
  private final KeyframeRequests keyframes = new KeyframeRequests();
  private final TemporalRates temporalRates = new TemporalRates();
  private final LayerCosts costs = new LayerCosts();
  private final OnDemand onDemand = new OnDemand();
  private final LayerCounters counters = new LayerCounters();
  private ReceptionStatistics reception;
  private LossDetector losses = new LossDetector();
  private SenderClock clock;
  private @Nullable PacketCache recentPackets;
  private boolean bound;
  private int ssrc;
  private boolean rtxBound;
  private int rtxSsrc;
  private boolean heard;
  private long lastHeardNanos;
  private boolean keyFrameSeen;
  private int keyFrameTimestamp;
  private int width;
  private int height;
  private @Nullable DependencyStructure structure;
  private int baseTimestamp;
  private int baseTemporalLayer = VideoPacket.ABSENT;
  private boolean shiftedLayers;

  Layer(InboundSection section, String rid, int index) {
    this.section = section;
    this.rid = rid;
    this.index = index;
    this.reception = new ReceptionStatistics(section.clockRateHz());
    this.clock = new SenderClock(section.clockRateHz());
  }

  /** The m-section it comes in. */
  public InboundSection section() {
    return section;
  }

  /** Its simulcast id, empty without simulcast. */
  public String rid() {
    return rid;
  }

  /** Its place among the layers of its section, 0 for the lowest quality. */
  public int index() {
    return index;
  }

  /** Whether the SSRC is known: announced, or seen in a packet. */
  public boolean isBound() {
    return bound;
  }

  /** The SSRC; means nothing before {@link #isBound()}. */
  public int ssrc() {
    return ssrc;
  }

  /** The SSRC of its retransmissions, once known. */
  OptionalInt rtxSsrc() {
    return rtxBound ? OptionalInt.of(rtxSsrc) : OptionalInt.empty();
  }

  /** Whether this packet, which {@link LayerTable} found this layer for, is a retransmission. */
  public boolean isRetransmission(RtpPacket packet) {
    return rtxBound && packet.ssrc() == rtxSsrc;
  }

  /**
   * Takes a packet of this layer.
   *
   * @param restored whether it came as a retransmission
   * @return false when it is a duplicate, or far too old, and must not be forwarded
   */
  public boolean onPacket(RtpPacket packet, boolean restored, long nowNanos) {
    boolean fresh = losses.onPacket(packet.sequenceNumber(), restored, nowNanos);
    // RFC 4588 §6.2: a restored packet counts as lost in the report of the original stream
    if (!restored) {
      reception.onPacket(packet.sequenceNumber(), packet.timestamp(), nowNanos);
    }
    if (fresh && recentPackets != null) {
      recentPackets.store(
          packet.sequenceNumber(), packet.buffer(), packet.offset(), packet.length());
    }
    if (fresh && packet.payloadLength() > 0) {
      bitrate.onBytes(packet.length(), nowNanos);
      heard = true;
      lastHeardNanos = nowNanos;
    }
    return fresh;
  }

  /** Takes what was read of a packet of this layer that is fresh and has a payload. */
  public void onVideo(RtpPacket packet, VideoPacket video, long nowNanos) {
    if (recentPackets != null && video.isBase()) {
      recentPackets.markBase(packet.sequenceNumber());
    }
    temporalRates.onPacket(packet.timestamp(), video.temporalLayer(), nowNanos);
    if (video.startsKeyFrame()) {
      keyFrameTimestamp = packet.timestamp();
      keyFrameSeen = true;
    }
    costs.onPacket(
        video.spatialLayer(),
        video.temporalLayer(),
        packet.length(),
        keyFrameSeen && packet.timestamp() == keyFrameTimestamp,
        nowNanos);
    if (!video.startsKeyFrame()) {
      return;
    }
    keyframes.onKeyFrame();
    if (video.startsFrame()) {
      losses.forgetBefore(packet.sequenceNumber());
    }
    if (video.width() > 0 && video.height() > 0) {
      width = video.width();
      height = video.height();
    }
  }

  /** What the dependency descriptors of its packets refer to; null before the first. */
  @Nullable DependencyStructure structure() {
    return structure;
  }

  void onStructure(@Nullable DependencyStructure current) {
    structure = current;
  }

  /** Takes where a packet is in the order of spatial and temporal layers; negative is unknown. */
  void onPlace(int rtpTimestamp, int spatialLayer, int temporalLayer) {
    if (spatialLayer == 0) {
      baseTimestamp = rtpTimestamp;
      baseTemporalLayer = temporalLayer;
    } else if (spatialLayer > 0 && rtpTimestamp == baseTimestamp) {
      shiftedLayers |= temporalLayer != baseTemporalLayer;
    }
  }

  /**
   * Whether the spatial layers of one picture are of different temporal layers, as in the mode
   * L2T2_KEY_SHIFT.
   */
  boolean hasShiftedLayers() {
    return shiftedLayers;
  }

  /**
   * The highest temporal layer up to which there are no more pictures than a subscriber would like.
   *
   * @param frameRate pictures a second
   * @param chosen what was chosen before
   */
  public int temporalLayerFor(int frameRate, int chosen) {
    return temporalRates.layerFor(frameRate, chosen);
  }

  /** The pictures a second up to a temporal layer; 0 until that is measured. */
  public double frameRate(int temporalLayer) {
    return temporalRates.frameRate(temporalLayer);
  }

  /** What its spatial and temporal layers take on the wire. */
  public LayerCosts costs() {
    return costs;
  }

  /** Whether it is switched off for want of anybody who wants it. */
  public OnDemand onDemand() {
    return onDemand;
  }

  /** What was received and asked for. */
  public LayerCounters counters() {
    return counters;
  }

  /** Whether media came in the last 1.5 s. */
  public boolean isActive(long nowNanos) {
    return wasHeardWithin(SILENCE_NANOS, nowNanos);
  }

  boolean wasHeardWithin(long durationNanos, long nowNanos) {
    return heard && nowNanos - lastHeardNanos <= durationNanos;
  }

  /**
   * Whether this layer is the better one of two of a track: by the size of the last key frames
   * where both are known, because the order of rids is the publisher's choice; else by {@link
   * #index()}.
   */
  public boolean isBetterThan(Layer other) {
    long pixels = (long) width * height;
    long otherPixels = (long) other.width * other.height;
    if (pixels == 0 || otherPixels == 0 || pixels == otherPixels) {
      return index > other.index;
    }
    return pixels > otherPixels;
  }

  /** The width of the last key frame in pixels, or 0 before the first. */
  public int width() {
    return width;
  }

  /** The height of the last key frame in pixels, or 0 before the first. */
  public int height() {
    return height;
  }

  /**
   * The width in pixels of a spatial layer, or 0 before the first key frame. Where it is not told
   * it is taken to double from one to the next, as it does in the modes that browsers have.
   */
  public int width(int spatialLayer) {
    DependencyStructure known = structure;
    int told = known == null ? 0 : known.width(spatialLayer);
    return told > 0 ? told : width >> Math.max(0, costs.topSpatialLayer() - spatialLayer);
  }

  /** The height that belongs to {@link #width(int)}. */
  public int height(int spatialLayer) {
    DependencyStructure known = structure;
    int told = known == null ? 0 : known.height(spatialLayer);
    return told > 0 ? told : height >> Math.max(0, costs.topSpatialLayer() - spatialLayer);
  }

  /** Keeps packets for retransmission from now on: there is a subscriber that may want them. */
  public void keepPackets() {
    if (recentPackets == null) {
      recentPackets = new PacketCache();
    }
  }

  /** The latest packets, or null when nobody has asked to keep any. */
  public @Nullable PacketCache recentPackets() {
    return recentPackets;
  }

  /** What arrived, for receiver reports. */
  public ReceptionStatistics reception() {
    return reception;
  }

  /** What to ask for again. */
  public LossDetector losses() {
    return losses;
  }

  /** Who wants a key frame of this layer. */
  public KeyframeRequests keyframes() {
    return keyframes;
  }

  /** How the timestamps of this layer relate to the publisher's clock. */
  public SenderClock clock() {
    return clock;
  }

  /** The media received lately, headers included, retransmissions and padding not. */
  public long bitrateBps(long nowNanos) {
    return bitrate.bitrateBps(nowNanos);
  }

  void bind(int ssrc) {
    if (bound && this.ssrc == ssrc) {
      return;
    }
    if (bound) {
      reception = new ReceptionStatistics(section.clockRateHz());
      losses = new LossDetector();
      clock = new SenderClock(section.clockRateHz());
      structure = null;
      shiftedLayers = false;
      if (recentPackets != null) {
        recentPackets.clear();
      }
    }
    bound = true;
    this.ssrc = ssrc;
  }

  void bindRtx(int rtxSsrc) {
    rtxBound = true;
    this.rtxSsrc = rtxSsrc;
  }

  boolean isBoundTo(int anSsrc) {
    return bound && ssrc == anSsrc;
  }

  boolean isRtxBoundTo(int anSsrc) {
    return rtxBound && rtxSsrc == anSsrc;
  }
}
