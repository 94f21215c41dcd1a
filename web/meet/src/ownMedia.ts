import type { Device, OpenTok, Publisher } from './opentok.js';
import type { TileNetwork } from './tiles.js';
import { meterStep, Voice } from './voice.js';

/** What to send: devices by id, or the system's choice; and whether each is on. */
export interface MediaChoice {
  readonly microphone: string | true | null;
  readonly camera: string | true | null;
  readonly audioOn: boolean;
  readonly videoOn: boolean;
}

export const ANY_MEDIA: MediaChoice = {
  microphone: true,
  camera: true,
  audioOn: true,
  videoOn: true,
};

/** Why neither microphone nor camera can be used. */
export type MediaProblem =
  | { readonly kind: 'insecureOrigin' }
  | { readonly kind: 'denied' }
  | { readonly kind: 'noDevices' }
  | { readonly kind: 'inUse' }
  | { readonly kind: 'failed'; readonly message: string };

export type OwnMediaState =
  | { readonly kind: 'starting' }
  | { readonly kind: 'unavailable'; readonly problem: MediaProblem }
  | {
      readonly kind: 'on';
      /** Whether there is a microphone, and a camera. */
      readonly hasMicrophone: boolean;
      readonly hasCamera: boolean;
    };

export interface Surroundings {
  readonly openTok: OpenTok;
  readonly canCapture: boolean;
  readonly nowMillis: () => number;
  readonly changed: () => void;
}

/**
 * One's own microphone and camera, behind one Publisher. Tries both devices, then the microphone alone, then the camera alone, and is
 * `unavailable` when none of that works.
 */
export class OwnMedia {
  state: OwnMediaState = { kind: 'starting' };
  audioOn: boolean;
  videoOn: boolean;
  video: HTMLVideoElement | undefined;
  meter = 0;
  /** Whether one's own network carries one's own pictures. */
  network: TileNetwork = 'good';
  devices: readonly Device[] = [];
  /** What went wrong with the last change of a device; empty when it worked. */
  deviceFault = '';
  private publisherNow: Publisher | undefined;
  private stopped = false;
  private opened: ((publisher: Publisher) => void) | undefined;
  private readonly voice = new Voice();

  private constructor(
    private readonly surroundings: Surroundings,
    private choice: MediaChoice,
  ) {
    this.audioOn = choice.audioOn;
    this.videoOn = choice.videoOn;
  }

  static start(surroundings: Surroundings, choice: MediaChoice): OwnMedia {
    const media = new OwnMedia(surroundings, choice);
    if (surroundings.canCapture) {
      media.attempt(attemptsFor(choice));
    } else {
      media.state = { kind: 'unavailable', problem: { kind: 'insecureOrigin' } };
    }
    return media;
  }

  private get publisher(): Publisher | undefined {
    return this.state.kind === 'on' ? this.publisherNow : undefined;
  }

  get speaking(): boolean {
    return this.audioOn && this.voice.speaking;
  }

  /** What another OwnMedia would need to go on in the same way. */
  get chosen(): MediaChoice {
    return { ...this.choice, audioOn: this.audioOn, videoOn: this.videoOn };
  }

  get microphoneId(): string | undefined {
    return this.publisher?.getAudioSource()?.getSettings().deviceId;
  }

  get cameraId(): string | undefined {
    return this.publisher?.getVideoSource().deviceId ?? undefined;
  }

  /** Gives out the publisher, now or as soon as the devices are open. The devices stay on meanwhile. */
  whenOpen(use: (publisher: Publisher) => void): void {
    const { publisher } = this;
    if (publisher === undefined) {
      this.opened = use;
    } else {
      use(publisher);
    }
  }

  toggleAudio(): void {
    this.setAudio(!this.audioOn);
  }

  toggleVideo(): void {
    if (this.state.kind !== 'on' || !this.state.hasCamera) {
      return;
    }
    this.videoOn = !this.videoOn;
    this.publisherNow?.publishVideo(this.videoOn);
    this.surroundings.changed();
  }

  async useMicrophone(deviceId: string): Promise<void> {
    await this.change('microphone', deviceId, (publisher) => publisher.setAudioSource(deviceId));
  }

  async useCamera(deviceId: string): Promise<void> {
    await this.change('camera', deviceId, (publisher) => publisher.setVideoSource(deviceId));
  }

  /** Lets go of the devices. */
  stop(): void {
    this.stopped = true;
    this.publisherNow?.destroy();
    this.publisherNow = undefined;
    this.video = undefined;
  }

  private async change(
    device: 'microphone' | 'camera',
    deviceId: string,
    apply: (publisher: Publisher) => Promise<unknown>,
  ): Promise<void> {
    const publisher = this.publisher;
    if (publisher === undefined) {
      return;
    }
    try {
      await apply(publisher);
      this.choice = { ...this.choice, [device]: deviceId };
      this.deviceFault = '';
    } catch (error) {
      this.deviceFault = `That ${device} can’t be used: ${error instanceof Error ? error.message : String(error)}`;
    }
    this.surroundings.changed();
  }

  private setAudio(on: boolean): void {
    if (this.state.kind !== 'on' || !this.state.hasMicrophone) {
      return;
    }
    this.audioOn = on;
    this.publisherNow?.publishAudio(on);
    this.surroundings.changed();
  }

  private attempt(attempts: readonly MediaChoice[]): void {
    const [choice, ...others] = attempts;
    if (choice === undefined) {
      this.state = { kind: 'unavailable', problem: { kind: 'noDevices' } };
      this.surroundings.changed();
      return;
    }
    const publisher = this.surroundings.openTok.initPublisher(
      undefined,
      {
        insertDefaultUI: false,
        // The others know the name from the connection, which is made when it has been typed.
        name: '',
        resolution: '1280x720',
        frameRate: 30,
        publishAudio: this.audioOn,
        publishVideo: this.videoOn,
        audioSource: choice.microphone,
        videoSource: choice.camera,
        audioFallback: { publisher: true },
      },
      (error) => {
        if (this.stopped) {
          return;
        }
        if (error === undefined) {
          this.started(choice, publisher);
          return;
        }
        publisher.destroy();
        const problem = problemOf(error);
        // A device that is missing or taken leaves the other one to try; a refusal is meant for both.
        if (problem.kind === 'denied' || others.length === 0) {
          this.state = { kind: 'unavailable', problem };
          this.surroundings.changed();
        } else {
          this.attempt(others);
        }
      },
    );
    this.publisherNow = publisher;
    this.listenTo(publisher);
  }

  private started(choice: MediaChoice, publisher: Publisher): void {
    this.choice = choice;
    this.state = {
      kind: 'on',
      hasMicrophone: choice.microphone !== null,
      hasCamera: choice.camera !== null,
    };
    this.audioOn &&= choice.microphone !== null;
    this.videoOn &&= choice.camera !== null;
    this.opened?.(publisher);
    this.surroundings.changed();
    void this.listDevices();
  }

  private async listDevices(): Promise<void> {
    try {
      this.devices = await this.surroundings.openTok.getDevices();
    } catch (error) {
      this.deviceFault = `The list of devices can’t be read: ${error instanceof Error ? error.message : String(error)}`;
    }
    this.surroundings.changed();
  }

  private listenTo(publisher: Publisher): void {
    const mine = (): boolean => publisher === this.publisherNow;
    publisher.on('videoElementCreated', ({ element }) => {
      if (mine() && element instanceof HTMLVideoElement) {
        this.video = element;
        this.surroundings.changed();
      }
    });
    publisher.on('audioLevelUpdated', ({ audioLevel }) => {
      if (!mine()) {
        return;
      }
      const step = meterStep(audioLevel);
      const speakingChanged = this.voice.hear(audioLevel, this.surroundings.nowMillis());
      // Levels come up to sixty times a second; only what can be seen is worth a redraw.
      if (speakingChanged || step !== this.meter) {
        this.meter = step;
        this.surroundings.changed();
      }
    });
    const becomes = (network: TileNetwork): void => {
      if (mine()) {
        this.network = network;
        this.surroundings.changed();
      }
    };
    publisher.on('videoDisableWarning', () => {
      becomes('weak');
    });
    publisher.on('videoDisableWarningLifted', () => {
      becomes('good');
    });
    // A publisher's pictures stop for no other reason than its network.
    publisher.on('videoDisabled', () => {
      becomes('tooWeak');
    });
    publisher.on('videoEnabled', () => {
      becomes('good');
    });
    publisher.on('muteForced', () => {
      this.audioOn = false;
      this.surroundings.changed();
    });
    publisher.on('mediaStopped', () => {
      this.deviceFault = 'Your camera or microphone stopped. Choose another, or join again.';
      this.surroundings.changed();
    });
  }
}

function attemptsFor(choice: MediaChoice): readonly MediaChoice[] {
  const all = [choice, { ...choice, camera: null }, { ...choice, microphone: null }];
  return all.filter(
    (it, index) =>
      (it.camera !== null || it.microphone !== null) &&
      all.findIndex((other) => other.camera === it.camera && other.microphone === it.microphone) ===
        index,
  );
}

function problemOf(error: Error): MediaProblem {
  switch (error.name) {
    case 'OT_USER_MEDIA_ACCESS_DENIED':
      return { kind: 'denied' };
    case 'OT_NO_DEVICES_FOUND':
    case 'OT_CONSTRAINTS_NOT_SATISFIED':
      return { kind: 'noDevices' };
    case 'OT_HARDWARE_UNAVAILABLE':
    case 'OT_CHROME_MICROPHONE_ACQUISITION_ERROR':
      return { kind: 'inUse' };
    default:
      return { kind: 'failed', message: error.message };
  }
}
