import type { FitMode, WidgetProperties } from '../options.js';
import type { Cancel, Platform } from '../platform.js';
import {
  audioBlockedButton,
  barElement,
  element,
  LevelMeter,
  MuteButton,
  nameElement,
  setMode,
} from './controls.js';
import { icon } from './icons.js';
import { cssLength, placeRoot, type Target } from './placement.js';
import { ArchivingSign, VideoTroubleSign, type VideoTrouble } from './signs.js';
import { injectStyles } from './stylesheet.js';
import { fitModeOf, insertModeOf, usableStyle, type AnyStyle } from './widget-options.js';

/** How long a control of mode `auto` stays visible after a change, in milliseconds. */
const HOLD_MS = 2_500;

export interface WidgetSpec {
  readonly kind: 'publisher' | 'subscriber';
  readonly id: string;
  readonly target: Target;
  readonly properties: WidgetProperties;
  readonly defaultFitMode: FitMode;
  readonly name: string;
  readonly initials: string | undefined;
  readonly video: HTMLVideoElement;
  /** The person pressed the mute button. */
  readonly muteClicked: () => void;
  /** The person wants to hear what the browser has blocked. */
  readonly playClicked: () => void;
}

/** The default user interface of a publisher or a subscriber. Its structure and class names are part of the API. */
export class Widget {
  readonly element: HTMLElement;
  readonly #platform: Platform;
  readonly #poster = element('div', 'OT_video-poster');
  readonly #bar = barElement();
  readonly #name: HTMLElement;
  readonly #mute: MuteButton;
  readonly #meter = new LevelMeter();
  readonly #trouble = new VideoTroubleSign();
  /** Only who is recorded is told. */
  readonly #archiving: ArchivingSign | undefined;
  /** Only who receives sound can have it blocked. */
  readonly #blocked: HTMLButtonElement | undefined;
  readonly #style: AnyStyle = {};
  #stopHold: Cancel = () => undefined;

  constructor(platform: Platform, spec: WidgetSpec) {
    injectStyles();
    this.#platform = platform;
    const { kind, properties } = spec;
    this.#name = nameElement(spec.name);
    this.#mute = new MuteButton(kind, spec.muteClicked);
    this.#blocked = kind === 'subscriber' ? audioBlockedButton(spec.playClicked) : undefined;
    this.#archiving = kind === 'publisher' ? new ArchivingSign(platform) : undefined;
    this.element = placeRoot(spec.target, insertModeOf(properties.insertMode), spec.id);
    const root = this.element;
    const fitMode = fitModeOf(properties.fitMode, spec.defaultFitMode);
    root.classList.add('OT_root', `OT_${kind}`, `OT_fit-mode-${fitMode}`, 'OT_loading');
    root.style.width = cssLength(properties.width ?? 264);
    root.style.height = cssLength(properties.height ?? 198);
    root.setAttribute('role', 'group');
    root.setAttribute('aria-label', spec.name === '' ? `Video ${kind}` : spec.name);

    this.#poster.append(initialsOrPerson(spec.initials));
    const container = element('div', 'OT_widget-container');
    container.append(element('div', 'OT_video-loading'), this.#poster, spec.video);
    root.append(container);
    if (properties.showControls !== false) {
      root.append(this.#bar, this.#name, this.#mute.element);
      if (this.#archiving) root.append(this.#archiving.element);
      root.append(this.#meter.element, this.#trouble.element);
    }
    if (this.#blocked) root.append(this.#blocked);
    this.setStyle({
      audioLevelDisplayMode: 'auto',
      buttonDisplayMode: 'auto',
      nameDisplayMode: 'auto',
      videoDisabledDisplayMode: 'auto',
      [kind === 'subscriber' ? 'audioBlockedDisplayMode' : 'archiveStatusDisplayMode']: 'auto',
    });
    this.setStyle(properties.style ?? {});
  }

  /** Whether anybody would see the level now. */
  showsLevel(): boolean {
    const mode = this.#style.audioLevelDisplayMode;
    return mode === 'on' || (mode !== 'off' && this.element.classList.contains('OT_audio-only'));
  }

  loaded(): void {
    this.element.classList.remove('OT_loading');
  }

  showMirrored(mirrored: boolean): void {
    this.element.classList.toggle('OT_mirrored', mirrored);
  }

  showAudioOnly(audioOnly: boolean): void {
    this.element.classList.toggle('OT_audio-only', audioOnly);
  }

  showMuted(muted: boolean): void {
    this.#mute.show(muted);
    this.#hold();
  }

  showLevel(level: number): void {
    this.#meter.show(level);
  }

  showAudioBlocked(blocked: boolean): void {
    if (this.#blocked) this.#blocked.hidden = !blocked;
  }

  showName(name: string): void {
    this.#name.textContent = name;
    this.element.setAttribute('aria-label', name);
  }

  /** Shows why there is nothing to see. */
  showFailure(text: string): void {
    const message = element('div', 'OT_message');
    message.setAttribute('role', 'alert');
    const body = element('div', 'OT_message-text');
    body.append(icon('trouble'), text);
    message.append(body);
    this.element.classList.add('OT_failed');
    this.element.append(message);
  }

  /** Shows why the picture is off or may soon be; undefined when nothing is wrong. */
  showTrouble(trouble: VideoTrouble | undefined): void {
    this.#trouble.show(trouble);
  }

  showArchiving(archiving: boolean): void {
    this.#archiving?.show(archiving);
  }

  style(): AnyStyle {
    return { ...this.#style };
  }

  /** Unknown keys and values that are none are left out. */
  setStyle(style: AnyStyle): void {
    Object.assign(this.#style, usableStyle(style));
    const current = this.#style;
    setMode(this.#name, current.nameDisplayMode ?? 'auto');
    setMode(this.#bar, current.nameDisplayMode ?? 'auto');
    setMode(this.#mute.element, current.buttonDisplayMode ?? 'auto');
    setMode(this.#meter.element, current.audioLevelDisplayMode ?? 'auto');
    this.#trouble.setMode(current.videoDisabledDisplayMode ?? 'auto');
    this.#archiving?.setMode(current.archiveStatusDisplayMode ?? 'auto');
    if (this.#blocked) setMode(this.#blocked, current.audioBlockedDisplayMode ?? 'auto');
    this.#poster.style.backgroundImage = backgroundImage(current.backgroundImageURI);
    this.#poster.classList.toggle('OT_with-background', Boolean(current.backgroundImageURI));
  }

  /** Takes the widget out of the page; harmless when the application has done so already. */
  remove(): void {
    this.#stopHold();
    this.#archiving?.dispose();
    this.element.remove();
  }

  #hold(): void {
    this.#stopHold();
    this.#mute.element.classList.add('OT_mode-on-hold');
    this.#stopHold = this.#platform.after(HOLD_MS, () => {
      this.#mute.element.classList.remove('OT_mode-on-hold');
    });
  }
}

function initialsOrPerson(initials: string | undefined): Element {
  if (initials === undefined || initials === '') return icon('person');
  const badge = element('div', 'OT_initials');
  badge.textContent = initials;
  return badge;
}

/** The API takes a URL or bare Base64 of a PNG. */
function backgroundImage(uri: string | undefined): string {
  if (uri === undefined || uri === '') return '';
  const isUrl = /^(https?:|data:|blob:|\.{0,2}\/)|\.(png|jpe?g|webp|svg|gif)$/i.test(uri);
  return `url(${JSON.stringify(isUrl ? uri : `data:image/png;base64,${uri}`)})`;
}
