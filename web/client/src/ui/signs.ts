import type { DisplayMode } from '../options.js';
import type { Cancel, Platform } from '../platform.js';
import { element, setMode } from './controls.js';
import { icon } from './icons.js';

/** How long the sign still tells that recording has ended, in milliseconds. */
const ARCHIVING_ENDED_MS = 5_000;

/** The sign that the session is being recorded. */
export class ArchivingSign {
  readonly element = element('h1', 'OT_archiving OT_edge-bar-item OT_edge-bottom OT_archiving-off');
  readonly #platform: Platform;
  readonly #status = element('div', 'OT_archiving-status');
  #mode: 'auto' | 'off' = 'auto';
  #shows = false;
  #stopShowing: Cancel = () => undefined;

  constructor(platform: Platform) {
    this.#platform = platform;
    const box = element('div', 'OT_archiving-light-box');
    box.append(element('div', 'OT_archiving-light'));
    // Applications look for an h1, but it is no heading of their page.
    this.element.setAttribute('role', 'status');
    this.element.append(box, this.#status);
    this.#refresh();
  }

  show(archiving: boolean): void {
    this.#stopShowing();
    this.element.classList.toggle('OT_archiving-on', archiving);
    this.element.classList.toggle('OT_archiving-off', !archiving);
    this.#status.textContent = archiving ? 'Recording' : 'Recording ended';
    this.#shows = true;
    this.#refresh();
    if (archiving) return;
    this.#stopShowing = this.#platform.after(ARCHIVING_ENDED_MS, () => {
      this.#shows = false;
      this.#refresh();
    });
  }

  setMode(mode: 'auto' | 'off'): void {
    this.#mode = mode;
    this.#refresh();
  }

  dispose(): void {
    this.#stopShowing();
  }

  #refresh(): void {
    setMode(this.element, this.#shows && this.#mode === 'auto' ? 'on' : 'off');
  }
}

/** Why the picture is off, or may soon be. */
export interface VideoTrouble {
  readonly kind:
    /** The network is weak; the picture may stop. */
    | 'warning'
    /** The network of this client can't carry it. */
    | 'quality'
    /** That of its publisher can't. */
    | 'uplink'
    /** This browser can't decode it. */
    | 'codec';
}

/** The sign of a {@link VideoTrouble}. */
export class VideoTroubleSign {
  readonly element = element('div', 'OT_video-trouble');
  readonly #text = document.createElement('span');

  constructor() {
    this.element.setAttribute('role', 'status');
    this.element.append(icon('trouble'), this.#text);
    this.show(undefined);
  }

  show(trouble: VideoTrouble | undefined): void {
    this.element.classList.toggle('OT_video-disabled-warning', trouble?.kind === 'warning');
    this.element.classList.toggle(
      'OT_video-disabled',
      trouble !== undefined && trouble.kind !== 'warning',
    );
    const { short, long } = trouble ? textOf(trouble) : { short: '', long: '' };
    this.#text.textContent = short;
    this.element.title = long;
  }

  setMode(mode: DisplayMode): void {
    setMode(this.element, mode);
  }
}

/** What fits into a small tile, and what the person is told who asks. */
function textOf(trouble: VideoTrouble): { readonly short: string; readonly long: string } {
  switch (trouble.kind) {
    case 'warning':
      return {
        short: 'Weak network',
        long: 'The network is weak: the picture may stop, and the sound goes on',
      };
    case 'quality':
      return {
        short: 'Sound only',
        long: 'The network is too weak for the picture; it comes back by itself',
      };
    case 'uplink':
      return {
        short: 'Sound only',
        long: 'Their network is too weak for the picture; it comes back by itself',
      };
    case 'codec':
      return {
        short: "Can't show this video",
        long: "This browser can't decode the format that this video is sent in",
      };
  }
}
