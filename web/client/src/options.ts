/** Where the widget goes relative to the target element. */
export type InsertMode = 'replace' | 'after' | 'before' | 'append';
/** How the picture fills its box: cropped to fill, or whole with bars. */
export type FitMode = 'cover' | 'contain';
/** Whether a control shows: on hover and shortly after a change, always, or never. */
export type DisplayMode = 'auto' | 'on' | 'off';
/** What an encoder should preserve. */
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
  /** Subscribers: the button that starts sound the browser has blocked. */
  audioBlockedDisplayMode?: DisplayMode | undefined;
}

/** What publisher and subscriber widgets have in common. */
export interface WidgetProperties {
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
  style?: WidgetStyle | undefined;
}

/** What `getUserMedia` and `initPublisher` capture. */
export interface CaptureProperties {
  /** A device id, a track, true for the default microphone, null or false for none. */
  audioSource?: string | MediaStreamTrack | boolean | null | undefined;
  /** A device id, `screen`, a track, true for the default camera, null or false for none. */
  videoSource?: string | MediaStreamTrack | boolean | null | undefined;
  /** `WIDTHxHEIGHT` in pixels, what the camera is asked for; default `640x480`. */
  resolution?: string | undefined;
  /** Frames per second, 1 to 60; default 30. */
  frameRate?: number | undefined;
  /** Which camera of a phone. */
  facingMode?: 'user' | 'environment' | 'left' | 'right' | undefined;
  /** Default true. */
  echoCancellation?: boolean | undefined;
  /** Default true. */
  noiseSuppression?: boolean | undefined;
  /** Default true. */
  autoGainControl?: boolean | undefined;
  /** True switches the three audio processors off, for music. */
  disableAudioProcessing?: boolean | undefined;
}

/** The properties of `initPublisher`; unknown ones are ignored. */
export interface PublisherProperties extends CaptureProperties, WidgetProperties {
  /** Shown to others; at most 1024 bytes of UTF-8. */
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
}

/** The properties of `session.subscribe`; unknown ones are ignored. */
export interface SubscriberProperties extends WidgetProperties {
  /** Whether sound is received at the start; default true. */
  subscribeToAudio?: boolean | undefined;
  /** Whether the picture is received at the start; default true. */
  subscribeToVideo?: boolean | undefined;
  /** 0 to 100; default 100. */
  audioVolume?: number | undefined;
  /** For an own stream: true receives its sound too. Default false, so that people don't hear themselves. */
  testNetwork?: boolean | undefined;
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
