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
import { listDevices, type Device } from './media/devices.js';
import type { CaptureProperties, PublisherProperties, SessionOptions } from './options.js';
import { browser } from './platform.js';
import { Publisher } from './publisher/publisher.js';
import { publishers, sessions, subscribers } from './registry.js';
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

/** The cameras and microphones of this machine. */
export function getDevices(handler?: ResultHandler<Device[]>): Promise<Device[]> {
  return alsoTell(listDevices(browser), handler);
}

/** Opens camera and microphone, or what the properties say; the tracks are the caller's to stop. */
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

/** Whether pictures or sound can be processed before they are sent: not yet. */
export const hasMediaProcessorSupport = withPromise(
  (): boolean => false,
  (): Promise<boolean> => Promise.resolve(false),
);

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
