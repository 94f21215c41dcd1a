import { withTemporalLayers } from '../media/encodings.js';
import { logWarning } from '../logging.js';

/** One medium to send: its track (none while it is off) and its encodings. */
export interface OutgoingMedium {
  readonly kind: 'audio' | 'video';
  readonly track: MediaStreamTrack | null;
  /** What the stream's tracks have in common for the receiver; also the msid of the SDP. */
  readonly stream: MediaStream;
  readonly encodings: readonly RTCRtpEncodingParameters[];
}

/** A sending m-section for `medium`, with temporal layers where the browser knows them. */
export function addSending(pc: RTCPeerConnection, medium: OutgoingMedium): RTCRtpTransceiver {
  const add = (sendEncodings: RTCRtpEncodingParameters[]): RTCRtpTransceiver =>
    pc.addTransceiver(medium.track ?? medium.kind, {
      direction: 'sendonly',
      streams: [medium.stream],
      ...(sendEncodings.length > 0 ? { sendEncodings } : {}),
    });
  if (medium.kind === 'audio') return add([...medium.encodings]);
  let transceiver: RTCRtpTransceiver;
  try {
    transceiver = add(withTemporalLayers(medium.encodings));
  } catch (error) {
    logWarning('this browser does not take temporal layers for its first codec', error);
    transceiver = add([...medium.encodings]);
  }
  preferVp8(transceiver);
  return transceiver;
}

/** Whether an inactive m-section can carry `medium`: same kind, same layers. */
export function suits(transceiver: RTCRtpTransceiver, medium: OutgoingMedium): boolean {
  const rids = (encodings: readonly RTCRtpEncodingParameters[]): string =>
    encodings.map((encoding) => encoding.rid ?? '').join();
  return (
    transceiver.receiver.track.kind === medium.kind &&
    (medium.kind === 'audio' ||
      rids(transceiver.sender.getParameters().encodings) === rids(medium.encodings))
  );
}

/** Sets the bitrate, scale and use of each layer of a sender. */
export async function applyEncodings(
  sender: RTCRtpSender,
  encodings: readonly RTCRtpEncodingParameters[],
): Promise<void> {
  const parameters = sender.getParameters();
  parameters.encodings = parameters.encodings.map((current) => ({
    ...current,
    ...encodings.find((wanted) => (wanted.rid ?? '') === (current.rid ?? '')),
  }));
  await sender.setParameters(parameters);
}

/** VP8 is the codec every browser has and the one that simulcast works with everywhere. */
function preferVp8(transceiver: RTCRtpTransceiver): void {
  const codecs = RTCRtpSender.getCapabilities('video')?.codecs ?? [];
  const isVp8 = (codec: { mimeType: string }): boolean =>
    codec.mimeType.toLowerCase() === 'video/vp8';
  if (!codecs.some(isVp8)) return;
  // Missing in Firefox before 128; VP8 is first there by itself.
  (transceiver as Partial<RTCRtpTransceiver>).setCodecPreferences?.([
    ...codecs.filter(isVp8),
    ...codecs.filter((codec) => !isVp8(codec)),
  ]);
}
