package dev.sluice.session.media;

/**
 * The video codecs of the platform; names as in RFC 7741, RFC 9628, RFC 6184 and the AV1 RTP
 * specification.
 */
public enum VideoCodec {
  VP8,
  VP9,
  H264,
  AV1
}
