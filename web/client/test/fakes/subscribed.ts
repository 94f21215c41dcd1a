import type { SubscriberProperties } from '../../src/options.js';
import type { Stream } from '../../src/session/stream.js';
import type { Subscriber } from '../../src/subscriber/subscriber.js';
import { joinSession, type JoinedSession } from './joined.js';
import type { FakeStream } from './media.js';
import { settled } from './platform.js';
import { streamMessage } from './server.js';

/** A subscriber in a session that joined. */
export interface Subscribed extends JoinedSession {
  readonly stream: Stream;
  readonly subscriber: Subscriber;
  /** Rejects when subscribing fails. */
  readonly done: Promise<Subscriber>;
}

/** Subscribes; the server has answered, and there is no media yet. */
export async function subscribe(
  properties: SubscriberProperties = {},
  shownAt: [width: number, height: number] = [0, 0],
): Promise<Subscribed> {
  const joined = await joinSession({
    connections: [{ id: 'other', createdAt: 1, data: '' }],
  });
  joined.platform.shownAt = shownAt;
  const created = new Promise<Stream>((resolve) => {
    joined.session.on('streamCreated', (e) => {
      resolve(e.stream);
    });
  });
  joined.server.event('streamCreated', { stream: streamMessage('stream-1') });
  const stream = await created;
  let subscriber: Subscriber | undefined;
  const done = new Promise<Subscriber>((resolve, reject) => {
    subscriber = joined.session.subscribe(stream, undefined, properties, (error) => {
      if (error) reject(error);
      else if (subscriber) resolve(subscriber);
    });
  });
  done.catch(() => undefined);
  await settled();
  if (!subscriber) throw new Error('there is no subscriber');
  return { ...joined, stream, subscriber, done };
}

/** Both tracks are there and the video has had its first packet. */
export async function play({
  server,
  platform,
  subscriber,
  done,
}: Subscribed): Promise<FakeStream> {
  const media = new Promise<FakeStream>((resolve) => {
    subscriber.on('mediaStreamAvailable', (e) => {
      resolve(e.mediaStream as unknown as FakeStream);
    });
  });
  server.offers(
    { mid: '0', kind: 'audio', subscriptionId: 'subscription-1' },
    { mid: '1', kind: 'video', subscriptionId: 'subscription-1' },
  );
  await settled();
  platform.peerConnections[0]?.becomes('connected');
  await done;
  return media;
}
