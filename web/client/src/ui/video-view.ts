import { OTError, type ErrorName } from '../errors.js';
import { logWarning } from '../logging.js';
import { playOnOutput, stopPlayingOnOutput } from '../media/audio-output.js';

export interface VideoViewListener {
  /** A picture is there; may be told again. */
  firstFrame(): void;
  /** The size of the picture changed. */
  resized(): void;
  /** The browser doesn't play sound before the person has done something on the page, or plays it now. */
  audioBlocked(blocked: boolean): void;
  /** The element can't play what it was given. */
  failed(error: OTError): void;
}

const blockedViews = new Set<VideoView>();

/** By the codes of MediaError, of which 1 is the first. */
const MEDIA_ERRORS: readonly ErrorName[] = [
  'OT_MEDIA_ERR_ABORTED',
  'OT_MEDIA_ERR_NETWORK',
  'OT_MEDIA_ERR_DECODE',
  'OT_MEDIA_ERR_SRC_NOT_SUPPORTED',
];

/** Plays the sound of every subscriber that the browser has blocked; works when the person has just clicked or typed. */
export async function unblockAudio(): Promise<void> {
  await Promise.all([...blockedViews].map((view) => view.unblock()));
}

/** A video element that plays a MediaStream. */
export class VideoView {
  readonly element = document.createElement('video');
  readonly #listener: VideoViewListener;
  #wantsSound: boolean;

  /** An element that is `audible` plays on the page's audio output; `sound` says whether it starts so. */
  constructor(
    { audible, sound }: { readonly audible: boolean; readonly sound: boolean },
    label: string,
    listener: VideoViewListener,
  ) {
    this.#listener = listener;
    this.#wantsSound = sound;
    const video = this.element;
    video.className = 'OT_video-element';
    video.autoplay = true;
    video.playsInline = true;
    video.muted = !sound;
    video.setAttribute('aria-label', label);
    // An element that plays sound alone is loaded and has a size as well: 0 by 0.
    const pictures = (): boolean => video.videoWidth > 0;
    video.addEventListener('loadeddata', () => {
      if (pictures()) listener.firstFrame();
    });
    video.addEventListener('resize', () => {
      if (!pictures()) return;
      listener.firstFrame();
      listener.resized();
    });
    video.addEventListener('error', () => {
      const { code, message } = video.error ?? { code: 0, message: '' };
      const name = MEDIA_ERRORS[code - 1] ?? 'OT_UNEXPECTED_ERROR_CODE';
      listener.failed(new OTError(name, `The video element stopped: ${message}`));
    });
    if (audible) playOnOutput(video);
  }

  /** Plays `stream`; where sound is blocked, the picture alone. */
  async play(stream: MediaStream): Promise<void> {
    if (this.element.srcObject !== stream) this.element.srcObject = stream;
    try {
      await this.element.play();
    } catch (error) {
      await this.#playFailed(error);
    }
  }

  /** Whether the sound waits for the person. */
  isBlocked(): boolean {
    return blockedViews.has(this);
  }

  async unblock(): Promise<void> {
    this.element.muted = !this.#wantsSound;
    try {
      await this.element.play();
      this.#setBlocked(false);
    } catch (error) {
      await this.#playFailed(error);
    }
  }

  /** Mutes or unmutes the element. */
  setSound(on: boolean): void {
    this.#wantsSound = on;
    if (!this.isBlocked()) this.element.muted = !on;
  }

  dispose(): void {
    blockedViews.delete(this);
    stopPlayingOnOutput(this.element);
    this.element.srcObject = null;
  }

  async #playFailed(error: unknown): Promise<void> {
    const name = (error as Partial<Error> | undefined)?.name;
    if (name === 'NotAllowedError' && !this.element.muted) {
      this.element.muted = true;
      this.#setBlocked(true);
      await this.element.play().catch((again: unknown) => {
        logWarning('the browser plays neither sound nor picture', again);
      });
    } else if (name !== 'AbortError') {
      // AbortError: the element was removed or got another stream while it started; nothing is wrong then.
      logWarning('the video element does not play', error);
    }
  }

  #setBlocked(blocked: boolean): void {
    if (blocked === this.isBlocked()) return;
    if (blocked) blockedViews.add(this);
    else blockedViews.delete(this);
    this.#listener.audioBlocked(blocked);
  }
}
