import type { DisplayMode } from '../options.js';
import { icon } from './icons.js';

const MODES: readonly DisplayMode[] = ['auto', 'on', 'off'];

/** Shows a control always, never, or on hover and shortly after a change. */
export function setMode(control: Element, mode: DisplayMode): void {
  control.classList.remove(...MODES.map((other) => `OT_mode-${other}`));
  control.classList.add(`OT_mode-${mode}`);
}

/** The dark edge behind the name. */
export function barElement(): HTMLElement {
  return element('div', 'OT_bar OT_edge-bar-item');
}

export function nameElement(name: string): HTMLElement {
  const heading = element('h1', 'OT_name OT_edge-bar-item');
  // Applications look for an h1, but a tile's label is no heading of their page.
  heading.setAttribute('role', 'presentation');
  heading.textContent = name;
  return heading;
}

/** The mute button of a publisher (microphone) or a subscriber (speaker). */
export class MuteButton {
  readonly element = document.createElement('button');
  readonly #labels: readonly [mute: string, unmute: string];

  constructor(kind: 'publisher' | 'subscriber', clicked: () => void) {
    this.#labels =
      kind === 'publisher'
        ? ['Mute microphone', 'Unmute microphone']
        : ['Mute sound', 'Unmute sound'];
    this.element.type = 'button';
    this.element.className = 'OT_mute OT_edge-bar-item';
    this.element.append(icon(kind === 'publisher' ? 'microphone' : 'speaker', 'slash'));
    this.element.addEventListener('click', clicked);
    this.show(false);
  }

  show(muted: boolean): void {
    const label = this.#labels[muted ? 1 : 0];
    this.element.classList.toggle('OT_active', muted);
    this.element.setAttribute('aria-label', label);
    this.element.title = label;
  }
}

/** The disc that grows with the sound, out of the widget's corner. */
export class LevelMeter {
  readonly element = element('div', 'OT_audio-level-meter');
  readonly #value = element('div', 'OT_audio-level-meter__value');

  constructor() {
    const picture = element('div', 'OT_audio-level-meter__audio-only-img');
    picture.append(icon('speaker'));
    this.element.setAttribute('aria-hidden', 'true');
    this.element.append(element('div', 'OT_audio-level-meter__bar'), this.#value, picture);
  }

  /** `level` is an amplitude from 0 to 1. */
  show(level: number): void {
    // Loudness is heard by its logarithm: -50 dB and less is nothing, 0 dB is full.
    const loudness = level > 0 ? Math.max(0, 1 + (20 * Math.log10(level)) / 50) : 0;
    // The disc's centre is the corner of the meter: twice its width fills it.
    const size = `${Math.round(loudness * 200)}%`;
    this.#value.style.width = size;
    this.#value.style.height = size;
  }
}

/** The button that starts sound the browser has blocked. */
export function audioBlockedButton(clicked: () => void): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'OT_audio-blocked';
  button.hidden = true;
  const label = document.createElement('span');
  label.textContent = 'Play sound';
  button.append(icon('play'), label);
  button.addEventListener('click', clicked);
  return button;
}

export function element(tag: 'div' | 'h1', className: string): HTMLElement {
  const created = document.createElement(tag);
  created.className = className;
  return created;
}
