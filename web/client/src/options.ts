import type { AudioFilter, VideoFilter } from './media/filters.js';
import type { Dimensions } from './signalling/messages.js';

/** Where the widget goes relative to the target element. */
export type InsertMode = 'replace' | 'after' | 'before' | 'append';
/** How the picture fills its box: cropped to fill, or whole with bars. */
export type FitMode = 'cover' | 'contain';
/** Whether a control shows: when it matters (on hover, shortly after a change, while its state holds), always, or never. */
export type DisplayMode = 'auto' | 'on' | 'off';
/** What an encoder should preserve: `motion` keeps the frame rate, `detail` and `text` keep the picture sharp. */
export type VideoContentHint = '' | 'text' | 'detail' | 'motion';

/** How a widget looks; every key may also be changed later with `setStyle`. */
export interface WidgetStyle {
  /** The level meter; `auto` shows it only while there is no picture. */
  audioLevelDisplayMode?: DisplayMode | undefined;
  /** What shows while there is no picture: a URL, a `data:` URL, or Base64 of a PNG. */
  backgroundImageURI?: string | undefined;
  /** The mute button. */
  buttonDisplayMode?: DisplayMode | undefined;
  /** The name bar. */
  nameDisplayMode?: DisplayMode | undefined;
  /** The sign that the picture is off because of the network or its codec, or soon will be. */
  videoDisabledDisplayMode?: DisplayMode | undefined;
}

/** How a publisher's widget looks. */
export interface PublisherStyle extends WidgetStyle {
  /** The sign that the session is being recorded; `auto` shows it then. */
  archiveStatusDisplayMode?: 'auto' | 'off' | undefined;
}

/** How a subscriber's widget looks. */
export interface SubscriberStyle extends WidgetStyle {
  /** The button that starts sound the browser has blocked; `auto` shows it then. */
  audioBlockedDisplayMode?: DisplayMode | undefined;
}

/** What publisher and subscriber widgets have in common. A value that is not listed counts as the default. */
export interface WidgetProperties<Style extends WidgetStyle = WidgetStyle> {
  /** Default `replace`: the target element itself becomes the widget. */
  insertMode?: InsertMode | undefined;
  /** Default true. False inserts nothing; the video element comes with the event `videoElementCreated`. */
  insertDefaultUI?: boolean | undefined;
  /** A number of CSS pixels or any CSS length; default 264. */
  width?: number | string | undefined;
  /** A number of CSS pixels or any CSS length; default 198. */
  height?: number | string | undefined;
  /** Default `cover`; `contain` for a screen. */
  fitMode?: FitMode | undefined;
  /** Default true. False shows no controls at all. */
  showControls?: boolean | undefined;
  /** Every display mode is `auto` by default. */
  style?: Style | undefined;
}

/** What `getUserMedia` and `initPublisher` capture. */
export interface CaptureProperties {
  /** A device id, a track, true for the default microphone, null or false for none; default true, for a screen false. */
  audioSource?: string | MediaStreamTrack | boolean | null | undefined;
  /** A device id, `screen` (or `window`, `application`: the same), a track, true for the default camera, null or false for none. */
  videoSource?: string | MediaStreamTrack | boolean | null | undefined;
  /** `WIDTHxHEIGHT` in pixels, what the camera is asked for; default `640x480`. A screen is sent in its own size by default. */
  resolution?: string | undefined;
  /** Pixels that the picture never exceeds; default: no limit. */
  maxResolution?: Dimensions | undefined;
  /** Frames per second, above 0 to 60; default 30, for a screen 15. */
  frameRate?: number | undefined;
  /** Which camera of a phone; default: the browser's choice. */
  facingMode?: 'user' | 'environment' | 'left' | 'right' | undefined;
  /** Default true. */
  echoCancellation?: boolean | undefined;
  /** Default true. */
  noiseSuppression?: boolean | undefined;
  /** Default true. */
  autoGainControl?: boolean | undefined;
  /** True switches the three audio processors off, for music; default false. */
  disableAudioProcessing?: boolean | undefined;
  /** Captures two channels of sound; default false. What is sent is also the server's decision. */
  enableStereo?: boolean | undefined;
  /** Constraints for the browser, by medium, that win over those made of the other properties. */
  constraints?:
    | {
        readonly audio?: MediaTrackConstraints | undefined;
        readonly video?: MediaTrackConstraints | undefined;
      }
    | undefined;
}

/** Whether the picture gives way to the sound on a bad network. */
export interface AudioFallbackProperties {
  /** For everybody, when the network of this publisher can't carry it; default false. Needs sound to fall back to. */
  publisher?: boolean | undefined;
  /** For each subscriber whose own network can't carry it, in routed sessions; default true for a camera, false for anything else. */
  subscriber?: boolean | undefined;
}

/** The properties of `initPublisher`; unknown ones are ignored. */
export interface PublisherProperties extends CaptureProperties, WidgetProperties<PublisherStyle> {
  /** Shown to others; default '', at most 1024 bytes of UTF-8. */
  name?: string | undefined;
  /** At most 16 bytes of UTF-8; shown while there is no picture. */
  initials?: string | undefined;
  /** Whether sound is on at the start; default true. */
  publishAudio?: boolean | undefined;
  /** Whether the picture is on at the start; default true. */
  publishVideo?: boolean | undefined;
  /** Whether the own picture is mirrored; default true for a camera that faces the person. */
  mirror?: boolean | undefined;
  /** Default '' for a camera and `detail` for a screen. */
  videoContentHint?: VideoContentHint | undefined;
  /** Bits per second of the sound, 6000 to 510000; default: the browser's choice. */
  audioBitrate?: number | undefined;
  /** Whether a camera is sent in layers of several sizes, for subscribers to choose from; default true. */
  scalableVideo?: boolean | undefined;
  /** The same for a screen; default false. */
  scalableScreenshare?: boolean | undefined;
  /** See {@link VideoFilter}. */
  videoFilter?: VideoFilter | undefined;
  /** See {@link AudioFilter}. */
  audioFilter?: AudioFilter | undefined;
  /** Who gives the picture up for the sound when a network is bad, and when. */
  audioFallback?: AudioFallbackProperties | undefined;
  /** The older name of `audioFallback.subscriber`, which wins. */
  audioFallbackEnabled?: boolean | undefined;
  /** Without effect so far: silence is sent like sound. */
  enableDtx?: boolean | undefined;
  /** Without effect so far: there are no captions. */
  publishCaptions?: boolean | undefined;
  /** Without effect so far. */
  publishSenderStats?: boolean | undefined;
  /** Without effect: the session decides on the codecs of all its publishers. */
  preferredVideoCodecs?: 'automatic' | readonly string[] | undefined;
  /** Without effect: the microphone is never exchanged without being asked. */
  disableAudioInputDeviceManagement?: boolean | undefined;
}

/** The properties of `session.subscribe`; unknown ones are ignored. */
export interface SubscriberProperties extends WidgetProperties<SubscriberStyle> {
  /** Whether sound is received at the start; default true. */
  subscribeToAudio?: boolean | undefined;
  /** Whether the picture is received at the start; default true. */
  subscribeToVideo?: boolean | undefined;
  /** 0 to 100; default 100. */
  audioVolume?: number | undefined;
  /**
   * The smallest layer of the stream that covers this size in pixels is received, by default the best. `auto`: what the picture takes on the
   * screen, also when that changes; while it can't be seen, nothing.
   */
  preferredResolution?: Dimensions | 'auto' | undefined;
  /** Frames per second, 1 to 240, that are enough; by default all are received. */
  preferredFrameRate?: number | undefined;
  /** For an own stream: true receives its sound too. Default false, so that people don't hear themselves. */
  testNetwork?: boolean | undefined;
  /** Without effect so far: there are no captions. */
  subscribeToCaptions?: boolean | undefined;
}

/** The options of `initSession`; unknown ones are ignored. */
export interface SessionOptions {
  /** True keeps `connectionCreated` and `connectionDestroyed` from being dispatched. */
  connectionEventsSuppressed?: boolean | undefined;
  /** The address of the Sluice server, for example `https://video.example.com`; default: where the page or the script names it. */
  serverUrl?: string | undefined;
}

/** What `session.signal` sends. */
export interface Signal {
  /** At most 128 characters of `A–Z a–z 0–9 - _ ~`. */
  type?: string | undefined;
  /** At most 8192 bytes of UTF-8. */
  data?: string | undefined;
  /** Who gets it; everyone, the sender included, when absent. */
  to?: { readonly connectionId: string } | undefined;
  /** Default true: a signal of while the network is interrupted is sent once it is back. False makes it fail instead. */
  retryAfterReconnect?: boolean | undefined;
}
