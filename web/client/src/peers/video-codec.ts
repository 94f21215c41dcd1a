import { logWarning } from '../logging.js';

/** A codec's name as signalling and SDP have it, for example `VP8`. */
export type CodecName = string;

/** The codec that a video of this client will be sent in: the session's most preferred that this browser can send. */
export function expectedCodec(sessionCodecs: readonly CodecName[]): CodecName | undefined {
  const names = new Set(
    (RTCRtpSender.getCapabilities('video')?.codecs ?? []).map(({ mimeType }) =>
      mimeType.slice(mimeType.indexOf('/') + 1).toUpperCase(),
    ),
  );
  return sessionCodecs.find((name) => names.has(name));
}

/**
 * The scalability mode to ask for. With VP9 and AV1 several encodings are simulcast only when each has one spatial layer
 * (without a mode they are one stream of several layers); temporal layers are what a router can leave out without a key frame.
 */
const MODES: ReadonlyMap<CodecName, string> = new Map([
  ['VP8', 'L1T3'],
  ['VP9', 'L1T3'],
  ['AV1', 'L1T3'],
  // What hardware encoders of H.264 have as well.
  ['H264', 'L1T2'],
]);

/** Calls `use` with the encodings in the mode for `codec`, or without a mode when it throws: a browser throws on one that it does not know. */
export function withScalability<T>(
  encodings: readonly RTCRtpEncodingParameters[],
  codec: CodecName | undefined,
  use: (encodings: RTCRtpEncodingParameters[]) => T,
): T {
  const mode = MODES.get(codec ?? '');
  if (mode === undefined) return use([...encodings]);
  try {
    // scalabilityMode is of the WebRTC-SVC draft and not in lib.dom.
    return use(encodings.map((encoding) => Object.assign({ scalabilityMode: mode }, encoding)));
  } catch (error) {
    logWarning(`this browser does not take the scalability mode ${mode}`, error);
    return use([...encodings]);
  }
}
