import {
  alsoTell,
  settle,
  withPromise,
  type CompletionHandler,
  type ResultHandler,
} from './completion.js';
import type { HandlerMap } from './events/emitter.js';
import { exceptions, type ExceptionEvent, type ExceptionEvents } from './exceptions.js';
import { log, setLogLevel } from './logging.js';
import { capture } from './media/capture.js';
import { planCapture } from './media/capture-plan.js';
import {
  activeAudioOutput,
  listAudioOutputs,
  useAudioOutput,
  type AudioOutputDevice,
} from './media/audio-output.js';
import { listDevices, type Device } from './media/devices.js';
import { canProcess } from './media/filters.js';
import type { CaptureProperties, PublisherProperties, SessionOptions } from './options.js';
import { browser } from './platform.js';
import { Publisher } from './publisher/publisher.js';
import { publishers, sessions, subscribers } from './registry.js';
import { addressSources, serverAddress } from './server-address.js';
import { sortArguments } from './session/calls.js';
import { Session } from './session/session.js';
import type { Target } from './ui/placement.js';
import { unblockAudio } from './ui/video-view.js';

/** What `checkScreenSharingCapability` finds. */
export interface ScreenSharingCapability {
  readonly supported: boolean;
  readonly supportedSources: {
    readonly application: boolean;
    readonly screen: boolean;
    readonly window: boolean;
  };
}

/** `OT.hasMediaProcessorSupport` and its promise style. */
export interface MediaProcessorSupportCall {
  /** The answer is the same for every type. */
  (type?: 'audio' | 'video' | 'both'): boolean;
  /** The same as a promise. */
  promise(type?: 'audio' | 'video' | 'both'): Promise<boolean>;
}

/** What `getSupportedCodecs` finds: names like `VP8`. */
export interface SupportedCodecs {
  readonly videoEncoders: readonly string[];
  readonly videoDecoders: readonly string[];
}

/** Addresses that tools of the API look up. */
export interface OTProperties {
  /**
   * `${loggingURL}/logging/ClientEvent` answers a POST with 200 while the server can be reached.
   *
   * @throws OTError OT_INVALID_PARAMETER while no server is known.
   */
  readonly loggingURL: string;
}

/** `OT.initPublisher` and its promise style. */
export interface InitPublisherCall {
  /**
   * Asks for the camera and microphone, or what `properties` say, and shows the picture at `target`. Returns at once; the handler runs
   * when the media is there or when that failed.
   */
  (
    target?: Target | CompletionHandler,
    properties?: PublisherProperties | CompletionHandler,
    handler?: CompletionHandler,
  ): Publisher;
  /** The same; resolves when the media is there. */
  promise(target?: Target, properties?: PublisherProperties): Promise<Publisher>;
}

/** Captures camera and microphone, or what the properties of `OT` say, and shows them. */
export const initPublisher: InitPublisherCall = withPromise(
  (...args: unknown[]): Publisher => {
    // The first versions of the API took the application's key before all else.
    const places = args.length > 3 ? args.slice(1) : args;
    const { target, properties, handler } = sortArguments<PublisherProperties>(places);
    return new Publisher(browser, target, properties, handler);
  },
  async (target?: Target, properties: PublisherProperties = {}): Promise<Publisher> => {
    const publisher = new Publisher(browser, target, properties, undefined);
    await publisher.prepared();
    return publisher;
  },
);

/** A session of an application, not yet joined; `connect` joins it. */
export function initSession(
  applicationId: string,
  sessionId: string,
  options: SessionOptions = {},
): Session {
  return new Session(browser, applicationId, sessionId, options);
}

/**
 * The cameras and microphones of this machine.
 *
 * @throws OTError OT_NOT_SUPPORTED where the browser lists none to the page (an insecure origin).
 */
export function getDevices(handler?: ResultHandler<Device[]>): Promise<Device[]> {
  return alsoTell(listDevices(browser), handler);
}

/**
 * Opens camera and microphone, or what the properties say; the tracks are the caller's to stop.
 *
 * @throws OTError the same as `initPublisher`: for example OT_USER_MEDIA_ACCESS_DENIED, OT_NO_DEVICES_FOUND, OT_HARDWARE_UNAVAILABLE,
 *   OT_CONSTRAINTS_NOT_SATISFIED, OT_NO_VALID_CONSTRAINTS, OT_NOT_SUPPORTED, OT_INVALID_PARAMETER.
 */
export async function getUserMedia(properties: CaptureProperties = {}): Promise<MediaStream> {
  const { audio, video } = await capture(browser, planCapture(properties));
  return browser.newMediaStream([audio, video].filter((track) => track !== undefined));
}

/** 1 when this browser has what the library needs, else 0. */
export function checkSystemRequirements(): 0 | 1 {
  const needed = ['RTCPeerConnection', 'RTCRtpTransceiver', 'WebSocket', 'MediaStream'];
  return needed.every((name) => name in globalThis) ? 1 : 0;
}

/** Whether this browser, on this page's origin, can share a screen. */
export function checkScreenSharingCapability(
  handler?: (capability: ScreenSharingCapability) => void,
): Promise<ScreenSharingCapability> {
  const devices = browser.mediaDevices as Partial<MediaDevices> | undefined;
  const supported = typeof devices?.getDisplayMedia === 'function';
  const capability = Promise.resolve({
    supported,
    supportedSources: { application: supported, screen: supported, window: supported },
  });
  settle(
    capability,
    handler &&
      ((_, found) => {
        if (found) handler(found);
      }),
  );
  return capability;
}

/** Whether this browser lets a page process pictures or sound frame by frame, as media processor connectors do. */
export const hasMediaProcessorSupport: MediaProcessorSupportCall = withPromise(
  (): boolean => canProcess(),
  (): Promise<boolean> => Promise.resolve(canProcess()),
);

/** Whether streams can be encrypted from end to end: not yet. */
export function hasEndToEndEncryptionSupport(): boolean {
  return false;
}

/** The video codecs that this browser can send and receive. */
export function getSupportedCodecs(): Promise<SupportedCodecs> {
  return Promise.resolve({
    videoEncoders: codecNames(RTCRtpSender.getCapabilities('video')),
    videoDecoders: codecNames(RTCRtpReceiver.getCapabilities('video')),
  });
}

/**
 * The loudspeakers and headphones of this machine.
 *
 * @throws OTError OT_NOT_SUPPORTED where the browser lists none to the page (an insecure origin).
 */
export function getAudioOutputDevices(): Promise<AudioOutputDevice[]> {
  return listAudioOutputs(browser);
}

/**
 * The output that subscribers play on.
 *
 * @throws OTError OT_NOT_SUPPORTED where the browser lists none to the page (an insecure origin).
 */
export function getActiveAudioOutputDevice(): Promise<AudioOutputDevice> {
  return activeAudioOutput(browser);
}

/**
 * Plays all subscribers of this page, also those to come, on another output; `default` is the system's.
 *
 * @throws OTError OT_NOT_SUPPORTED where the browser can't, OT_NO_DEVICES_FOUND for an id that names no output, OT_USER_MEDIA_ACCESS_DENIED
 *   when the person has not allowed it. Everything plays as before then.
 */
export function setAudioOutputDevice(deviceId: string): Promise<void> {
  return useAudioOutput(browser, deviceId);
}

/** Does nothing: today's browsers share the screen without an extension. */
export function registerScreenSharingExtension(): void {
  // Nothing to register.
}

/** Does nothing: today's browsers bring themselves up to date. */
export function upgradeSystemRequirements(): void {
  // Nothing to show.
}

/** Addresses that tools of the API look up. */
export const properties: OTProperties = {
  get loggingURL(): string {
    return `${serverAddress(addressSources(undefined))}/tokbox`;
  },
};

function codecNames(capabilities: RTCRtpCapabilities | null): string[] {
  const names = (capabilities?.codecs ?? []).map(({ mimeType }) => mimeType.replace(/^.*\//, ''));
  return ['VP8', 'VP9', 'H264', 'AV1'].filter((name) => names.includes(name));
}

export { log, publishers, sessions, setLogLevel, subscribers, unblockAudio };

/** How handlers of `exception` are registered and removed: by name, or as a map. */
export interface ExceptionCall {
  (name: 'exception', handler: (event: ExceptionEvent) => void, context?: unknown): void;
  (handlers: HandlerMap<ExceptionEvents>, context?: unknown): void;
}

/** Registers a handler for `exception`. */
export const on = exceptions.on.bind(exceptions) as ExceptionCall;

/** Registers a handler for the next `exception`. */
export const once = exceptions.once.bind(exceptions) as ExceptionCall;

/** Removes handlers of `exception`; without arguments all of them. */
export const off = exceptions.off.bind(exceptions) as ExceptionCall & (() => void);
