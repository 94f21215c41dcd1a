import type { EncoderLimits } from './hooks.js';

/**
 * Makes this browser one that has no other encoders, as seen by a library that asks for capabilities, adds transceivers and offers: what a
 * browser without the session's preferred codec is.
 */
export function limitEncoders({ videoCodec, audioCodec, scalabilityMode }: EncoderLimits): void {
  const only = { video: videoCodec, audio: audioCodec };
  const capabilities = RTCRtpSender.getCapabilities.bind(RTCRtpSender);
  // Retransmission and the like are no codecs by themselves, nor is redundant data without Opus.
  const auxiliary = /\/(rtx|red|ulpfec|flexfec-03|CN|telephone-event|opus)$/i;
  const codecsOf = (kind: 'audio' | 'video') => {
    const wanted = only[kind];
    // What may be preferred are the decoders, also for a transceiver that only sends.
    const all = RTCRtpReceiver.getCapabilities(kind)?.codecs ?? [];
    if (wanted === undefined) return all;
    const isWanted = (mimeType: string) =>
      mimeType.toLowerCase() === `${kind}/${wanted}`.toLowerCase();
    const first = all.filter(({ mimeType }) => isWanted(mimeType));
    if (first.length === 0) throw new Error(`this browser has no encoder for ${wanted}`);
    return [
      ...first,
      ...all.filter(({ mimeType }) => auxiliary.test(mimeType) && !isWanted(mimeType)),
    ];
  };
  RTCRtpSender.getCapabilities = (kind) => {
    const found = capabilities(kind);
    const allowed = new Set(
      codecsOf(kind === 'video' ? 'video' : 'audio').map(({ mimeType }) => mimeType),
    );
    return (
      found && { ...found, codecs: found.codecs.filter((codec) => allowed.has(codec.mimeType)) }
    );
  };

  const prototype = RTCPeerConnection.prototype;
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its PeerConnection below
  const addTransceiver = prototype.addTransceiver;
  prototype.addTransceiver = function (this: RTCPeerConnection, trackOrKind, init) {
    const { sendEncodings } = init ?? {};
    const kind = typeof trackOrKind === 'string' ? trackOrKind : trackOrKind.kind;
    const changed =
      kind === 'video' && scalabilityMode !== undefined && sendEncodings
        ? sendEncodings.map((encoding) => ({ ...encoding, scalabilityMode }))
        : sendEncodings;
    const transceiver = addTransceiver.call(this, trackOrKind, {
      ...init,
      ...(changed && { sendEncodings: changed }),
    });
    transceiver.setCodecPreferences(codecsOf(kind === 'video' ? 'video' : 'audio'));
    return transceiver;
  };
}
