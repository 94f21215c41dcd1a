/** A track that only knows its state. */
export class FakeTrack {
  readonly id: string;
  readonly kind: 'audio' | 'video';
  settings: MediaTrackSettings;
  enabled = true;
  contentHint = '';
  readyState: MediaStreamTrackState = 'live';
  /** Of a received track: whether nothing has come yet. */
  muted = false;
  onended: (() => void) | null = null;
  onunmute: (() => void) | null = null;

  constructor(kind: 'audio' | 'video', id: string, settings: MediaTrackSettings = {}) {
    this.kind = kind;
    this.id = id;
    this.settings = settings;
  }

  getSettings(): MediaTrackSettings {
    return this.settings;
  }

  /** Takes what is ideal. */
  applyConstraints({ width, height, frameRate }: MediaTrackConstraints): Promise<void> {
    const ideal = (value: unknown): number | undefined => (value as Partial<Ideal>).ideal;
    this.settings = {
      ...this.settings,
      ...{ width: ideal(width), height: ideal(height), frameRate: ideal(frameRate) },
    } as MediaTrackSettings;
    return Promise.resolve();
  }

  stop(): void {
    this.readyState = 'ended';
  }

  /** As if the device was unplugged or the person stopped sharing. */
  end(): void {
    this.readyState = 'ended';
    this.onended?.();
  }

  asTrack(): MediaStreamTrack {
    return this as unknown as MediaStreamTrack;
  }
}

export class FakeStream {
  readonly tracks: FakeTrack[];

  constructor(tracks: FakeTrack[]) {
    this.tracks = [...tracks];
  }

  getTracks(): FakeTrack[] {
    return [...this.tracks];
  }

  getAudioTracks(): FakeTrack[] {
    return this.tracks.filter(({ kind }) => kind === 'audio');
  }

  getVideoTracks(): FakeTrack[] {
    return this.tracks.filter(({ kind }) => kind === 'video');
  }

  addTrack(track: FakeTrack): void {
    if (!this.tracks.includes(track)) this.tracks.push(track);
  }

  removeTrack(track: FakeTrack): void {
    const index = this.tracks.indexOf(track);
    if (index >= 0) this.tracks.splice(index, 1);
  }
}

/** Cameras `cam1`, `cam2` and microphones `mic1`, `mic2`, opened at once, or refused with what `refuse` says. */
export class FakeMediaDevices {
  readonly opened: FakeTrack[] = [];
  readonly requests: MediaStreamConstraints[] = [];
  refuse: Error | undefined;
  /** Set to keep getUserMedia waiting. */
  gate: Promise<void> = Promise.resolve();

  async getUserMedia(constraints: MediaStreamConstraints): Promise<FakeStream> {
    this.requests.push(constraints);
    await this.gate;
    if (this.refuse) throw this.refuse;
    const tracks: FakeTrack[] = [];
    if (constraints.audio) {
      tracks.push(this.#open('audio', { deviceId: idOf(constraints.audio) ?? 'mic1' }));
    }
    if (constraints.video) {
      const { width, height } = constraints.video as { width: Ideal; height: Ideal };
      tracks.push(
        this.#open('video', {
          deviceId: idOf(constraints.video) ?? 'cam1',
          width: width.ideal,
          height: height.ideal,
          frameRate: 30,
        }),
      );
    }
    return new FakeStream(tracks);
  }

  async getDisplayMedia(): Promise<FakeStream> {
    await this.gate;
    if (this.refuse) throw this.refuse;
    return new FakeStream([this.#open('video', { width: 1920, height: 1080, frameRate: 15 })]);
  }

  enumerateDevices(): Promise<MediaDeviceInfo[]> {
    const device = (kind: MediaDeviceKind, deviceId: string): MediaDeviceInfo =>
      ({ kind, deviceId, label: `${deviceId} label`, groupId: '' }) as MediaDeviceInfo;
    return Promise.resolve([
      device('audioinput', 'mic1'),
      device('audiooutput', 'speaker1'),
      device('videoinput', 'cam1'),
      device('videoinput', 'cam2'),
    ]);
  }

  #open(kind: 'audio' | 'video', settings: MediaTrackSettings): FakeTrack {
    const track = new FakeTrack(kind, `${kind}${this.opened.length + 1}`, settings);
    this.opened.push(track);
    return track;
  }
}

interface Ideal {
  readonly ideal: number;
}

function idOf(constraints: boolean | MediaTrackConstraints): string | undefined {
  if (typeof constraints === 'boolean') return undefined;
  const wanted = constraints.deviceId as { exact?: string } | undefined;
  return wanted?.exact;
}
