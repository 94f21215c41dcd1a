import { FakeTrack } from './media.js';

class FakeSender {
  track: FakeTrack | null;
  encodings: RTCRtpEncodingParameters[];

  constructor(track: FakeTrack | null, encodings: RTCRtpEncodingParameters[]) {
    this.track = track;
    this.encodings = encodings;
  }

  replaceTrack(track: FakeTrack | null): Promise<void> {
    this.track = track;
    return Promise.resolve();
  }

  getParameters(): { encodings: RTCRtpEncodingParameters[] } {
    return { encodings: this.encodings.map((encoding) => ({ ...encoding })) };
  }

  setParameters(parameters: { encodings: RTCRtpEncodingParameters[] }): Promise<void> {
    this.encodings = parameters.encodings;
    return Promise.resolve();
  }

  getStats(): Promise<Map<string, unknown>> {
    const kind = this.track?.kind ?? 'none';
    const entry = { id: `out-${kind}`, type: 'outbound-rtp', kind, bytesSent: 10, packetsSent: 2 };
    return Promise.resolve(new Map([[entry.id, entry]]));
  }
}

export class FakeTransceiver {
  mid: string | null;
  direction: RTCRtpTransceiverDirection;
  currentDirection: RTCRtpTransceiverDirection | 'stopped' | null = null;
  readonly sender: FakeSender;
  readonly receiver: {
    readonly track: FakeTrack;
    getStats(): Promise<Map<string, unknown>>;
  };

  constructor(
    kind: 'audio' | 'video',
    mid: string | null,
    direction: RTCRtpTransceiverDirection,
    sender = new FakeSender(null, [{}]),
  ) {
    this.mid = mid;
    this.direction = direction;
    this.sender = sender;
    const entry = {
      id: `in-${kind}`,
      type: 'inbound-rtp',
      kind,
      packetsReceived: 5,
      packetsLost: -1,
    };
    this.receiver = {
      track: new FakeTrack(kind, `remote-${kind}-${mid ?? ''}`),
      getStats: () => Promise.resolve(new Map([[entry.id, entry]])),
    };
  }

  stop(): void {
    this.direction = this.currentDirection = 'stopped';
  }
}

/** The negotiation of a PeerConnection, without media: its SDP is JSON that lists the m-sections. */
export class FakePeerConnection {
  readonly transceivers: FakeTransceiver[] = [];
  signalingState: RTCSignalingState = 'stable';
  connectionState: RTCPeerConnectionState = 'new';
  localDescription: { type: string; sdp: string } | null = null;
  onconnectionstatechange: (() => void) | null = null;
  closed = false;
  /** Makes the next setRemoteDescription fail. */
  refuseRemote = false;
  /** How often restartIce was called. */
  restarts = 0;
  /** Whether bytes come in between two calls of getStats. */
  receives = true;
  #bytes = 0;
  #nextMid = 0;

  addTransceiver(
    trackOrKind: FakeTrack | 'audio' | 'video',
    init: RTCRtpTransceiverInit,
  ): FakeTransceiver {
    const kind = typeof trackOrKind === 'string' ? trackOrKind : trackOrKind.kind;
    const track = typeof trackOrKind === 'string' ? null : trackOrKind;
    const sender = new FakeSender(track, init.sendEncodings ?? [{}]);
    const transceiver = new FakeTransceiver(kind, null, init.direction ?? 'sendrecv', sender);
    this.transceivers.push(transceiver);
    return transceiver;
  }

  getTransceivers(): FakeTransceiver[] {
    return this.transceivers;
  }

  setLocalDescription(description?: { type: string }): Promise<void> {
    if (this.closed) return Promise.reject(new Error('closed'));
    if (description?.type === 'rollback') {
      this.signalingState = 'stable';
      for (const transceiver of this.transceivers) {
        if (transceiver.currentDirection === null) transceiver.mid = null;
      }
      return Promise.resolve();
    }
    const answering = this.signalingState === 'have-remote-offer';
    for (const transceiver of this.transceivers) {
      if (transceiver.currentDirection !== 'stopped') transceiver.mid ??= String(this.#nextMid++);
    }
    this.signalingState = answering ? 'stable' : 'have-local-offer';
    this.localDescription = { type: answering ? 'answer' : 'offer', sdp: this.#sdp() };
    return Promise.resolve();
  }

  setRemoteDescription(description: { type: string; sdp: string }): Promise<void> {
    if (this.refuseRemote || this.closed) return Promise.reject(new Error('bad sdp'));
    if (description.type === 'answer') {
      this.signalingState = 'stable';
      for (const transceiver of this.transceivers) {
        transceiver.currentDirection = transceiver.direction;
      }
      return Promise.resolve();
    }
    this.signalingState = 'have-remote-offer';
    for (const { mid, kind } of JSON.parse(description.sdp) as OfferedSection[]) {
      if (this.transceivers.some((transceiver) => transceiver.mid === mid)) continue;
      const transceiver = new FakeTransceiver(kind, mid, 'recvonly');
      this.transceivers.push(transceiver);
    }
    return Promise.resolve();
  }

  close(): void {
    this.closed = true;
    this.signalingState = 'closed';
  }

  restartIce(): void {
    this.restarts++;
  }

  getStats(): Promise<Map<string, unknown>> {
    if (this.receives) this.#bytes += 100;
    const pair = { id: 'pair', type: 'candidate-pair', bytesReceived: this.#bytes };
    return Promise.resolve(new Map([[pair.id, pair]]));
  }

  /** As if ICE and DTLS had got somewhere. */
  becomes(state: RTCPeerConnectionState): void {
    this.connectionState = state;
    this.onconnectionstatechange?.();
  }

  #sdp(): string {
    return JSON.stringify(
      this.transceivers
        .filter(({ mid }) => mid !== null)
        .map(({ mid, direction, sender }) => ({ mid, direction, track: sender.track?.id ?? null })),
    );
  }
}

interface OfferedSection {
  readonly mid: string;
  readonly kind: 'audio' | 'video';
}
