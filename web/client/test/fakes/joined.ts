import type { PublisherProperties, SessionOptions } from '../../src/options.js';
import { Publisher } from '../../src/publisher/publisher.js';
import { Session } from '../../src/session/session.js';
import { FakePlatform, settled } from './platform.js';
import type { FakePeerConnection } from './peer-connection.js';
import { welcome, type FakeServer } from './server.js';

/** A session that joined, its server and its browser. */
export interface JoinedSession {
  readonly platform: FakePlatform;
  readonly session: Session;
  readonly server: FakeServer;
}

export function newSession(platform: FakePlatform, options: SessionOptions = {}): Session {
  return new Session(platform, 'app-1', 'session-1', {
    serverUrl: 'https://video.example.com',
    ...options,
  });
}

/** Joins; `found` is what the reply to connect says besides the usual. */
export async function joinSession(
  found: object = {},
  options: SessionOptions = {},
): Promise<JoinedSession> {
  const platform = new FakePlatform();
  const session = newSession(platform, options);
  platform.socketOpens = false;
  const joined = session.connect.promise('token');
  await settled();
  platform.server.responders.set('connect', () => welcome(found));
  platform.server.opens();
  platform.socketOpens = true;
  await joined;
  await settled();
  return { platform, session, server: platform.server };
}

export function newPublisher(
  platform: FakePlatform,
  properties: PublisherProperties = {},
  target?: HTMLElement,
): Publisher {
  return new Publisher(platform, target, properties, undefined);
}

/** Publishes and lets the media connect. */
export async function publish(
  { platform, session }: JoinedSession,
  properties: PublisherProperties = {},
): Promise<{ publisher: Publisher; pc: FakePeerConnection }> {
  const publisher = newPublisher(platform, properties);
  const published = session.publish.promise(publisher);
  await settled();
  const pc = platform.peerConnections.at(-1);
  if (!pc) throw new Error('no PeerConnection was made');
  if (pc.connectionState !== 'connected') pc.becomes('connected');
  await published;
  await settled();
  return { publisher, pc };
}
