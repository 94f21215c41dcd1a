import { describe, expect, it } from 'vitest';
import type { PublisherProperties } from '../src/options.js';
import type { Publisher } from '../src/publisher/publisher.js';
import { joinSession, publish, type JoinedSession } from './fakes/joined.js';
import type { FakePeerConnection } from './fakes/peer-connection.js';
import { settled } from './fakes/platform.js';
import { lossOf, outbound, pathEntries, reportOf } from './fakes/report.js';

interface Published extends JoinedSession {
  readonly publisher: Publisher;
  readonly pc: FakePeerConnection;
  readonly heard: string[];
  /** What the browser says from now on. */
  readonly network: { availableOutgoingBitrate: number; audioLoss: number };
}

const GOOD = { availableOutgoingBitrate: 2_000_000, audioLoss: 0 };
const BAD = { availableOutgoingBitrate: 150_000, audioLoss: 0 };

const EVENTS = 'videoDisableWarning videoDisableWarningLifted videoDisabled videoEnabled';

async function start(properties: PublisherProperties = {}): Promise<Published> {
  const joined = await joinSession();
  const { publisher, pc } = await publish(joined, {
    resolution: '1280x720',
    audioFallback: { publisher: true },
    ...properties,
  });
  const heard: string[] = [];
  publisher.on(EVENTS, (e) => heard.push([e.type, Reflect.get(e, 'reason')].join(' ').trim()));
  const network = { ...GOOD };
  let packetsSent = 0;
  for (const { sender } of pc.transceivers) {
    const kind = sender.track?.kind ?? 'video';
    sender.getStats = () => {
      packetsSent += 50;
      const { availableOutgoingBitrate, audioLoss } = network;
      const qualityLimitationReason = availableOutgoingBitrate < 500_000 ? 'bandwidth' : 'none';
      return Promise.resolve(
        reportOf(
          ...pathEntries({ currentRoundTripTime: 0.02, availableOutgoingBitrate }),
          outbound(kind, '', { packetsSent, bytesSent: packetsSent * 80, qualityLimitationReason }),
          lossOf(kind, '', kind === 'audio' ? audioLoss : 0),
        ),
      );
    };
  }
  return { ...joined, publisher, pc, heard, network };
}

const sent = ({ pc }: Published): unknown[] =>
  (pc.transceivers[1]?.sender.encodings ?? [])
    .filter(({ active }) => active)
    .map(({ rid, maxBitrate }) => [rid, maxBitrate]);

const told = ({ server }: Published): unknown[] =>
  server.sent('updateStream').map(({ hasVideo, reason }) => [hasVideo, reason]);

const sign = ({ publisher }: Published): string | undefined =>
  publisher.element?.querySelector('.OT_video-trouble')?.className;

/** Lets seconds pass on this network. */
async function pass(published: Published, seconds: number, network: object): Promise<void> {
  Object.assign(published.network, network);
  await published.platform.pass(seconds * 1_000, 1_000);
}

describe('a publisher that falls back to sound', () => {
  it('tells by events, its sign and the stream, and stops and resumes the pictures', async () => {
    const published = await start();
    await pass(published, 5, GOOD);
    const all = sent(published);
    expect(all).toHaveLength(3);
    await pass(published, 3, BAD);
    expect(sign(published)).toContain('OT_video-disabled-warning');
    await pass(published, 2, BAD);
    expect(published.heard).toEqual(['videoDisableWarning', 'videoDisabled quality']);
    expect(sign(published)).toMatch(/OT_video-disabled( |$)/);
    expect(published.publisher.element?.matches('.OT_audio-only'), 'its own picture').toBe(false);
    expect(sent(published)).toEqual([]);
    expect(told(published)).toEqual([[false, 'quality']]);
    await pass(published, 5, GOOD);
    expect(sent(published), 'a probe').toEqual([['q', 200_000]]);
    expect(told(published), 'without a word').toHaveLength(1);
    await pass(published, 3, GOOD);
    expect(published.heard.at(-1)).toBe('videoEnabled quality');
    expect(told(published)).toEqual([
      [false, 'quality'],
      [true, 'quality'],
    ]);
    expect(sent(published)).toHaveLength(1);
    await pass(published, 4, GOOD);
    expect(sent(published)).toEqual(all);
    expect(sign(published)).not.toContain('OT_video-disabled');
  });

  it('sends the layers that are wanted, but probes with the smallest', async () => {
    const published = await start();
    published.server.event('wantedLayers', { streamId: 'own-stream-1', rids: ['f'] });
    await pass(published, 6, BAD);
    published.server.event('wantedLayers', { streamId: 'own-stream-1', rids: [] });
    await pass(published, 5, GOOD);
    expect(sent(published)).toMatchObject([['q', 200_000]]);
    await pass(published, 4, GOOD);
    published.server.event('wantedLayers', { streamId: 'own-stream-1', rids: ['f'] });
    await pass(published, 5, GOOD);
    expect(sent(published)).toMatchObject([['f', 2_200_000]]);
    published.server.event('wantedLayers', { streamId: 'own-stream-1', rids: [] });
    await pass(published, 30, BAD);
    expect(published.heard.filter((name) => name.startsWith('videoDisabled'))).toHaveLength(1);
  });

  it('leaves what a person does with the picture a reason of its own', async () => {
    const published = await start();
    await pass(published, 6, BAD);
    await published.publisher.publishVideo.promise(false);
    await pass(published, 60, GOOD);
    expect(told(published)).toEqual([[false, 'quality']]);
    await published.publisher.publishVideo.promise(true);
    await settled();
    expect(told(published), 'the network has to be tried first').toHaveLength(1);
    await pass(published, 8, GOOD);
    expect(told(published).at(-1)).toEqual([true, 'quality']);
    await published.publisher.publishVideo.promise(false);
    expect(told(published).at(-1)).toEqual([false, undefined]);
    expect(published.heard).toEqual([
      'videoDisableWarning',
      'videoDisabled quality',
      'videoEnabled quality',
    ]);
  });

  it('helps sound that suffers, and says so in its statistics', async () => {
    const published = await start();
    await pass(published, 8, { availableOutgoingBitrate: 190_000, audioLoss: 0.05 });
    expect(published.heard).toEqual(['videoDisableWarning', 'videoDisabled quality']);
    const [entry] = await published.publisher.getStats();
    expect(entry?.stats.transportStats.networkCondition).toBe('critical');
  });

  it('does not judge a way that is broken', async () => {
    const published = await start();
    published.pc.becomes('failed');
    await pass(published, 20, BAD);
    expect(published.heard).toEqual([]);
  });

  it('is asked for, and needs sound and pictures', async () => {
    for (const properties of [
      { audioFallback: {} },
      { audioFallback: { subscriber: true } },
      { audioSource: null },
      { videoSource: null },
    ]) {
      const published = await start(properties);
      const { timers } = published.platform;
      await pass(published, 10, BAD);
      expect(published.heard, JSON.stringify(properties)).toEqual([]);
      published.publisher.destroy();
      await settled();
      expect(published.platform.timers).toBeLessThanOrEqual(timers);
    }
  });

  it('begins anew with a new stream, and ends with the publisher', async () => {
    const published = await start();
    const { publisher, session, platform } = published;
    publisher.on('streamDestroyed', (e) => {
      e.preventDefault();
    });
    await pass(published, 6, BAD);
    session.unpublish(publisher);
    await settled();
    expect(sign(published)).not.toContain('OT_video-disabled');
    const { timers } = platform;
    await pass(published, 10, BAD);
    expect(published.heard).toHaveLength(2);
    await session.publish.promise(publisher);
    expect(platform.timers).toBe(timers + 1);
    expect(published.server.sent('publish').at(-1)).toMatchObject({ hasVideo: true });
    publisher.destroy();
    await settled();
    expect(platform.timers).toBe(timers);
  });
});
