import { Fields, ProtocolFault } from './fields.js';
import type {
  ConnectionMessage,
  Dimensions,
  JoinedMessage,
  PropertyChange,
  Reason,
  Requests,
  RequestType,
  ResumedMessage,
  ResumeRight,
  ServerEvent,
  StreamMessage,
  VideoQuality,
  VideoType,
} from './messages.js';

/** One frame of the server. */
export type Frame = {
  /** Its place in what the server sends; absent before the connection has one. */
  readonly seq: number | undefined;
} & (
  | { readonly kind: 'reply'; readonly id: number; readonly fields: Fields }
  | {
      readonly kind: 'refusal';
      readonly id: number;
      readonly code: string;
      readonly message: string;
    }
  | { readonly kind: 'event'; readonly event: ServerEvent }
  | { readonly kind: 'unknownEvent'; readonly name: string }
);

const VIDEO_TYPES: readonly VideoType[] = ['camera', 'screen', 'custom'];

const QUALITIES: readonly VideoQuality[] = ['good', 'warning', 'off'];

const REASONS: readonly Reason[] = [
  'clientDisconnected',
  'networkDisconnected',
  'forceDisconnected',
  'forceUnpublished',
  'mediaStopped',
];

/**
 * Reads one text frame.
 *
 * @throws ProtocolFault when it is not a message of the protocol.
 */
export function decodeFrame(text: string): Frame {
  const fields = new Fields(parseJson(text));
  const seq = fields.optionalNumber('seq');
  if (fields.has('event')) return decodeEvent(seq, fields);
  const id = fields.number('reply');
  if (!fields.has('error')) return { seq, kind: 'reply', id, fields };
  const error = fields.object('error');
  return {
    seq,
    kind: 'refusal',
    id,
    code: error.text('code'),
    message: error.optionalText('message') ?? '',
  };
}

/** How to read the result of a reply, by request type. */
export const RESULTS: { [Type in RequestType]: (fields: Fields) => Requests[Type]['result'] } = {
  connect: joined,
  publish: (fields) => ({ streamId: fields.text('streamId') }),
  publishOffer: (fields) => ({ sdp: fields.text('sdp') }),
  subscribe: (fields) => ({ subscriptionId: fields.text('subscriptionId') }),
  ping: () => undefined,
  unpublish: () => undefined,
  updateStream: () => undefined,
  subscribeAnswer: () => undefined,
  updateSubscription: () => undefined,
  restartSubscribe: () => undefined,
  unsubscribe: () => undefined,
  signal: () => undefined,
};

/** Reads the reply to `resume`. */
export function decodeResumed(fields: Fields): ResumedMessage {
  return { resume: resume(fields.object('resume')), received: fields.number('received') };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ProtocolFault('a frame is not JSON', { cause });
  }
}

function decodeEvent(seq: number | undefined, fields: Fields): Frame {
  const name = fields.text('event');
  const event = readEvent(name, fields);
  return event ? { seq, kind: 'event', event } : { seq, kind: 'unknownEvent', name };
}

function readEvent(name: string, fields: Fields): ServerEvent | undefined {
  switch (name) {
    case 'connectionCreated':
      return { event: name, connection: connection(fields.object('connection')) };
    case 'connectionDestroyed':
      return { event: name, connectionId: fields.text('connectionId'), reason: reason(fields) };
    case 'streamCreated':
      return { event: name, stream: stream(fields.object('stream')) };
    case 'streamDestroyed':
      return { event: name, streamId: fields.text('streamId'), reason: reason(fields) };
    case 'streamPropertyChanged':
      return { event: name, streamId: fields.text('streamId'), change: change(fields) };
    case 'signal':
      return {
        event: name,
        signalType: fields.optionalText('signalType'),
        data: fields.optionalText('data'),
        from: fields.optionalText('from'),
      };
    case 'subscribeOffer':
      return {
        event: name,
        revision: fields.number('revision'),
        peer: fields.number('peer'),
        sdp: fields.text('sdp'),
        tracks: fields.list('tracks', (track) => ({
          mid: track.text('mid'),
          kind: track.oneOf('kind', ['audio', 'video']),
          subscriptionId: track.text('subscriptionId'),
          streamId: track.text('streamId'),
        })),
      };
    case 'streamInterrupted':
    case 'streamRestored':
      return { event: name, streamId: fields.text('streamId') };
    case 'subscriptionRefused':
      return {
        event: name,
        subscriptionId: fields.text('subscriptionId'),
        streamId: fields.text('streamId'),
        kind: fields.oneOf('kind', ['audio', 'video']),
        codec: fields.text('codec'),
      };
    case 'videoQuality':
      return {
        event: name,
        subscriptionId: fields.text('subscriptionId'),
        quality: fields.oneOf('quality', QUALITIES),
      };
    case 'activeSpeaker':
      return { event: name, streamId: fields.text('streamId') };
    case 'wantedLayers':
      return { event: name, streamId: fields.text('streamId'), rids: fields.texts('rids') };
    case 'disconnected':
      return { event: name, reason: reason(fields) };
    default:
      return undefined;
  }
}

function reason(fields: Fields): Reason {
  return fields.oneOf('reason', REASONS);
}

function change(fields: Fields): PropertyChange {
  const property = fields.oneOf('property', ['hasAudio', 'hasVideo', 'videoDimensions']);
  switch (property) {
    case 'hasAudio':
      return { property, newValue: fields.flag('newValue') };
    case 'hasVideo': {
      const forQuality = fields.optionalText('reason') === 'quality';
      return { property, newValue: fields.flag('newValue'), forQuality };
    }
    case 'videoDimensions':
      return { property, newValue: dimensions(fields.object('newValue')) };
  }
}

function dimensions(fields: Fields): Dimensions {
  return { width: fields.number('width'), height: fields.number('height') };
}

function connection(fields: Fields): ConnectionMessage {
  return {
    id: fields.text('id'),
    createdAt: fields.number('createdAt'),
    data: fields.optionalText('data') ?? '',
  };
}

function stream(fields: Fields): StreamMessage {
  return {
    id: fields.text('id'),
    connectionId: fields.text('connectionId'),
    createdAt: fields.number('createdAt'),
    name: fields.optionalText('name') ?? '',
    initials: fields.optionalText('initials'),
    videoType: fields.has('videoType') ? fields.oneOf('videoType', VIDEO_TYPES) : undefined,
    hasAudio: fields.flag('hasAudio'),
    hasVideo: fields.flag('hasVideo'),
    videoDimensions: fields.has('videoDimensions')
      ? dimensions(fields.object('videoDimensions'))
      : undefined,
    frameRate: fields.optionalNumber('frameRate'),
  };
}

function resume(fields: Fields): ResumeRight {
  return { token: fields.text('token'), windowMs: fields.number('windowMs') };
}

function joined(fields: Fields): JoinedMessage {
  const capabilities = fields.object('capabilities');
  const session = fields.object('session');
  return {
    connection: connection(fields.object('connection')),
    mediaMode: session.text('mediaMode'),
    mediaPath: session.text('mediaPath'),
    videoCodecs: session.texts('videoCodecs'),
    capabilities: {
      publish: capabilities.flag('publish'),
      subscribe: capabilities.flag('subscribe'),
      signal: capabilities.flag('signal'),
      forceDisconnect: capabilities.flag('forceDisconnect'),
      forceUnpublish: capabilities.flag('forceUnpublish'),
      forceMute: capabilities.flag('forceMute'),
    },
    connections: fields.list('connections', connection),
    streams: fields.list('streams', stream),
    resume: resume(fields.object('resume')),
    limits: { messagesPerSecond: fields.object('limits').number('messagesPerSecond') },
    pingIntervalMs: fields.number('pingIntervalMs'),
    pingTimeoutMs: fields.number('pingTimeoutMs'),
  };
}
