import type { CompletionHandler } from '../completion.js';
import { OTError } from '../errors.js';
import type { PublisherProperties, SubscriberProperties } from '../options.js';
import { Publisher } from '../publisher/publisher.js';
import type { Subscriber } from '../subscriber/subscriber.js';
import type { Target } from '../ui/placement.js';
import type { Session } from './session.js';
import { Stream } from './stream.js';

/** `session.connect` and its promise style. */
export interface ConnectCall {
  /** Joins with a token; the handler runs once, when joined or when that failed. */
  (token: string, handler?: CompletionHandler): Session;
  /** The same; resolves when joined. */
  promise(token: string): Promise<void>;
}

/** `session.publish` and its promise style. */
export interface PublishCall {
  /** Publishes a publisher, which may still wait for its media. When the handler runs, `publisher.stream` is set. */
  (publisher: Publisher, handler?: CompletionHandler): Publisher;
  /** Makes a publisher at `target` and publishes it. */
  (
    publisherOrTarget?: Publisher | Target,
    properties?: PublisherProperties | CompletionHandler,
    handler?: CompletionHandler,
  ): Publisher;
  /** The same; resolves when the stream is in the session. */
  promise(
    publisherOrTarget?: Publisher | Target,
    properties?: PublisherProperties,
  ): Promise<Publisher>;
}

/** `session.subscribe` and its promise style. */
export interface SubscribeCall {
  /** Receives a stream, also an own one. The handler runs when media can flow or when that failed; it may take any later place. */
  (
    stream: Stream,
    target?: Target | CompletionHandler,
    properties?: SubscriberProperties | CompletionHandler,
    handler?: CompletionHandler,
  ): Subscriber;
  /** The same; resolves when media can flow. */
  promise(stream: Stream, target?: Target, properties?: SubscriberProperties): Promise<Subscriber>;
}

/** The optional arguments of a call, whichever places they took. */
export interface Arguments<Properties> {
  readonly target: Target;
  readonly properties: Properties;
  readonly handler: CompletionHandler | undefined;
}

/** Sorts `(target?, properties?, handler?)`, any of which may be left out at the end. */
export function sortArguments<Properties extends object>(
  args: readonly unknown[],
): Arguments<Properties> {
  const handler = args.find((arg): arg is CompletionHandler => typeof arg === 'function');
  const [target, properties] = args.filter((arg) => typeof arg !== 'function');
  return {
    target: typeof target === 'string' || isElement(target) ? target : undefined,
    properties: (typeof properties === 'object' && properties ? properties : {}) as Properties,
    handler,
  };
}

/** Not by instanceof: an element of another document is of another class. */
function isElement(value: unknown): value is HTMLElement {
  return typeof value === 'object' && value !== null && 'nodeType' in value;
}

/**
 * A publisher that can be published now.
 *
 * @throws OTError OT_INVALID_PARAMETER when it was destroyed or is published already.
 */
export function requireUnpublished(publisher: Publisher): void {
  if (publisher.isDestroyed) {
    throw new OTError('OT_INVALID_PARAMETER', 'The publisher was destroyed');
  }
  if (publisher.session) {
    throw new OTError('OT_INVALID_PARAMETER', 'The publisher is published already');
  }
}

/**
 * What came from plain JavaScript as a stream.
 *
 * @throws OTError OT_INVALID_PARAMETER when it is none.
 */
export function requireStream(value: unknown): Stream {
  if (value instanceof Stream) return value;
  throw new OTError('OT_INVALID_PARAMETER', 'The first argument must be a Stream of this session');
}
