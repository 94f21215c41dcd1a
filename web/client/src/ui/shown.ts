import { Emitter } from '../events/emitter.js';
import { eventOf } from '../events/event.js';
import { reportException } from '../exceptions.js';
import { measureAudioLevel } from '../media/audio-level.js';
import type { FitMode, WidgetProperties, WidgetStyle } from '../options.js';
import type { Cancel, Platform } from '../platform.js';
import type { Dimensions } from '../signalling/messages.js';
import type { Target } from './placement.js';
import { VideoView } from './video-view.js';
import { Widget } from './widget.js';

/** How to show one publisher or subscriber. */
export interface ShownSpec {
  readonly kind: 'publisher' | 'subscriber';
  readonly target: Target;
  readonly properties: WidgetProperties;
  readonly defaultFitMode: FitMode;
  readonly name: string;
  readonly initials: string | undefined;
  readonly sound: boolean;
}

/** What publishers and subscribers have in common: a video element, perhaps a widget around it, and a level meter. */
export abstract class Shown<
  Events extends object,
  Style extends WidgetStyle,
> extends Emitter<Events> {
  /** Unique on this page. */
  readonly id: string;
  /** The widget's root; undefined with `insertDefaultUI: false`. */
  readonly element: HTMLElement | undefined;
  /** @internal */
  protected readonly platform: Platform;
  /** @internal */
  protected readonly view: VideoView;
  /** @internal */
  protected readonly widget: Widget | undefined;
  #picture: Dimensions | undefined;
  #measured: MediaStreamTrack | undefined;
  #stopMeasuring: Cancel = () => undefined;

  /** @internal */
  protected constructor(platform: Platform, spec: ShownSpec) {
    super();
    this.platform = platform;
    this.id = platform.newId();
    const label = spec.name === '' ? `Video ${spec.kind}` : spec.name;
    const { sound } = spec;
    this.view = new VideoView({ audible: spec.kind === 'subscriber', sound }, label, {
      firstFrame: () => this.widget?.loaded(),
      resized: () => {
        this.#resized();
      },
      audioBlocked: (blocked) => {
        this.widget?.showAudioBlocked(blocked);
        this.audioBlocked(blocked);
      },
      failed: (error) => {
        reportException(error, this);
      },
    });
    this.widget =
      spec.properties.insertDefaultUI === false
        ? undefined
        : new Widget(platform, {
            ...spec,
            id: `OT_${this.id}`,
            video: this.view.element,
            muteClicked: () => {
              this.muteClicked();
            },
            playClicked: () => void this.view.unblock(),
          });
    this.element = this.widget?.element;
  }

  /** Pixels; 0 while there is no picture. */
  videoWidth(): number {
    return this.view.element.videoWidth;
  }

  /** Pixels; 0 while there is no picture. */
  videoHeight(): number {
    return this.view.element.videoHeight;
  }

  /** The picture shown now as Base64 of a PNG, without `data:` before it; null while there is none. */
  getImgData(): string | null {
    const { videoWidth: width, videoHeight: height } = this.view.element;
    if (width === 0 || height === 0) return null;
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    canvas.getContext('2d')?.drawImage(this.view.element, 0, 0);
    return canvas.toDataURL('image/png').replace(/^data:image\/png;base64,/, '');
  }

  /** The current style; undefined without the default user interface. */
  getStyle(): Style | undefined {
    return this.widget?.style() as Style | undefined;
  }

  /** Changes how the widget looks: one key, or several at once. Unknown keys and values that are none change nothing. */
  setStyle<Key extends keyof Style>(key: Key, value: Style[Key]): this;
  setStyle(style: Style): this;
  setStyle(keyOrStyle: keyof Style | Style, value?: unknown): this {
    const style = typeof keyOrStyle === 'object' ? keyOrStyle : { [keyOrStyle]: value };
    this.widget?.setStyle(style);
    this.refreshMeter();
    return this;
  }

  /** @internal The picture got another size. */
  protected abstract pictureResized(): void;

  /** @internal The person pressed the mute button. */
  protected abstract muteClicked(): void;

  /** @internal The browser blocks the sound, or no longer does. */
  protected abstract audioBlocked(blocked: boolean): void;

  /** @internal The track whose level would be measured now. */
  protected abstract audibleTrack(): MediaStreamTrack | undefined;

  /** @internal A measured level, 0 to 1. */
  protected abstract levelMeasured(level: number): void;

  /** @internal */
  protected override handlersChanged(): void {
    this.refreshMeter();
  }

  /** @internal Measures while somebody listens or looks, and only then. */
  protected refreshMeter(): void {
    const wanted = this.hasHandler('audioLevelUpdated') || this.widget?.showsLevel() === true;
    const track = wanted ? this.audibleTrack() : undefined;
    if (track === this.#measured) return;
    this.#stopMeasuring();
    this.#measured = track;
    this.#stopMeasuring = track
      ? measureAudioLevel(this.platform, track, (level) => {
          if (this.widget?.showsLevel()) this.widget.showLevel(level);
          this.levelMeasured(level);
        })
      : () => undefined;
  }

  /** @internal Removes everything from the page. */
  protected dispose(): void {
    this.#stopMeasuring();
    this.#stopMeasuring = () => undefined;
    this.view.dispose();
    this.widget?.remove();
  }

  #resized(): void {
    const oldValue = this.#picture;
    const newValue = { width: this.videoWidth(), height: this.videoHeight() };
    if (oldValue?.width === newValue.width && oldValue.height === newValue.height) return;
    this.#picture = newValue;
    if (oldValue) this.emit(eventOf('videoDimensionsChanged', this, { oldValue, newValue }));
    this.pictureResized();
  }
}
