import { withScalability, type CodecName } from './video-codec.js';

/** One medium to send: its track (none while it is off) and its encodings. */
export interface OutgoingMedium {
  readonly kind: 'audio' | 'video';
  readonly track: MediaStreamTrack | null;
  /** What the stream's tracks have in common for the receiver; also the msid of the SDP. */
  readonly stream: MediaStream;
  readonly encodings: readonly RTCRtpEncodingParameters[];
}

/** What one published stream occupies of the PeerConnection. */
export class OutgoingStream {
  readonly streamId: string;
  readonly #streams: readonly MediaStream[];
  #transceivers: readonly RTCRtpTransceiver[];

  constructor(
    streamId: string,
    media: readonly OutgoingMedium[],
    transceivers: readonly RTCRtpTransceiver[],
  ) {
    this.streamId = streamId;
    this.#streams = media.map(({ stream }) => stream);
    this.#transceivers = transceivers;
  }

  /** One for each medium. */
  get transceivers(): readonly RTCRtpTransceiver[] {
    return this.#transceivers;
  }

  senders(): RTCRtpSender[] {
    return this.#transceivers.map((transceiver) => transceiver.sender);
  }

  sender(kind: 'audio' | 'video'): RTCRtpSender | undefined {
    return this.#transceivers.find((transceiver) => kindOf(transceiver) === kind)?.sender;
  }

  /** What is being sent, for another PeerConnection to go on with. */
  sentNow(): OutgoingMedium[] {
    return this.#transceivers.flatMap((transceiver, index) => {
      const stream = this.#streams[index];
      if (!stream) return [];
      const { sender } = transceiver;
      const { encodings } = sender.getParameters();
      return [{ kind: kindOf(transceiver), track: sender.track, stream, encodings }];
    });
  }

  /** Another PeerConnection carries it from now on. */
  carriedBy(transceivers: readonly RTCRtpTransceiver[]): void {
    this.#transceivers = transceivers;
  }
}

/** A sending m-section for `medium`; `codec` is the one that its video is expected to be sent in. */
export function addSending(
  pc: RTCPeerConnection,
  medium: OutgoingMedium,
  codec: CodecName | undefined,
): RTCRtpTransceiver {
  const add = (sendEncodings: RTCRtpEncodingParameters[]): RTCRtpTransceiver =>
    pc.addTransceiver(medium.track ?? medium.kind, {
      direction: 'sendonly',
      streams: [medium.stream],
      ...(sendEncodings.length > 0 ? { sendEncodings } : {}),
    });
  return medium.kind === 'audio'
    ? add([...medium.encodings])
    : withScalability(medium.encodings, codec, add);
}

/** Whether an inactive m-section can carry `medium`: same kind, same layers. */
export function suits(transceiver: RTCRtpTransceiver, medium: OutgoingMedium): boolean {
  const rids = (encodings: readonly RTCRtpEncodingParameters[]): string =>
    encodings.map((encoding) => encoding.rid ?? '').join();
  return (
    kindOf(transceiver) === medium.kind &&
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

function kindOf(transceiver: RTCRtpTransceiver): 'audio' | 'video' {
  return transceiver.receiver.track.kind === 'audio' ? 'audio' : 'video';
}
