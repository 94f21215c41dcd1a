package dev.sluice.transport.negotiation;

/** The video codecs that this server negotiates. */
public enum VideoCodec {
  /** RFC 7741. */
  VP8,
  /** RFC 9628. */
  VP9,
  /** RFC 6184. */
  H264,
  /** The AV1 RTP specification. */
  AV1
}
