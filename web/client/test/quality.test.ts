import { describe, expect, it } from 'vitest';
import { audioScore, bestOf, videoScore } from '../src/subscriber/quality-score.js';
import { publish, joinSession } from './fakes/joined.js';
import { settled } from './fakes/platform.js';
import { inbound, outbound, reportOf } from './fakes/report.js';
import { play, subscribe, type Subscribed } from './fakes/subscribed.js';

describe('the score of sound', () => {
  const score = (loss: number, roundTripMs = 40, bufferMs = 40): number =>
    Math.round(audioScore({ loss, roundTripMs, bufferMs }));

  it('falls with the loss', () => {
    expect([0, 0.05, 0.1, 0.2, 0.3, 1].map((loss) => score(loss))).toEqual([5, 4, 4, 3, 2, 1]);
  });

  it('falls with the delay', () => {
    expect([100, 600, 1_200, 3_000].map((ms) => score(0, ms))).toEqual([5, 4, 2, 1]);
    expect(score(0, 40, 1_000)).toBe(1);
  });
});

describe('the score of pictures', () => {
  const GOOD = {
    bitrateBps: 500_000,
    targetBps: 800_000,
    frameRate: 30,
    bestFrameRate: 30,
    frozen: 0,
  };
  const score = (changes: Partial<typeof GOOD>): number =>
    Math.round(videoScore({ ...GOOD, ...changes }));

  it('falls with the bits', () => {
    const rates = [800_000, 400_000, 200_000, 100_000, 50_000, 20_000, 0];
    expect(rates.map((bitrateBps) => score({ bitrateBps }))).toEqual([5, 5, 4, 3, 2, 1, 1]);
  });

  it('falls with missing frames and while it stands still', () => {
    expect([30, 15, 7, 0].map((frameRate) => score({ frameRate }))).toEqual([5, 5, 3, 1]);
    expect([0.1, 0.25, 0.5].map((frozen) => score({ frozen }))).toEqual([4, 3, 1]);
  });

  it('is that of what this subscriber wants to see', () => {
    const stream = { videoDimensions: { width: 1280, height: 720 }, frameRate: 30 };
    expect(bestOf(stream, {})).toEqual({ size: stream.videoDimensions, frameRate: 30 });
    const tile = { resolution: { width: 320, height: 100 }, frameRate: 15 };
    expect(bestOf(stream, tile)).toEqual({ size: { width: 320, height: 180 }, frameRate: 15 });
    const larger = { resolution: { width: 4_000, height: 100 } };
    expect(bestOf(stream, larger).size).toEqual(stream.videoDimensions);
    expect(bestOf({ ...stream, frameRate: 0 }, {}).frameRate).toBe(1);
  });
});

/** What the receivers of the subscriber have counted. */
interface Counted {
  audio: { packetsReceived: number; packetsLost: number };
  video: {
    packetsReceived: number;
    bytesReceived: number;
    framesDecoded: number;
    frameWidth: number;
    frameHeight: number;
    freezeCount: number;
  };
}

async function watched(): Promise<Subscribed & { counted: Counted; second: () => Promise<void> }> {
  const subscribed = await subscribe();
  await play(subscribed);
  const counted: Counted = {
    audio: { packetsReceived: 0, packetsLost: 0 },
    video: {
      packetsReceived: 0,
      bytesReceived: 0,
      framesDecoded: 0,
      frameWidth: 640,
      frameHeight: 480,
      freezeCount: 0,
    },
  };
  for (const { receiver } of subscribed.platform.peerConnections[0]?.transceivers ?? []) {
    const { kind } = receiver.track;
    receiver.getStats = () => Promise.resolve(reportOf(inbound(kind, { ...counted[kind] })));
  }
  const second = async (): Promise<void> => {
    counted.audio.packetsReceived += 50;
    counted.video.packetsReceived += 100;
    counted.video.bytesReceived += 60_000;
    counted.video.framesDecoded += 30;
    await subscribed.platform.pass(1_000, 1_000);
  };
  return { ...subscribed, counted, second };
}

describe('the quality of a subscriber', () => {
  it('is told as scores when they change', async () => {
    const { subscriber, counted, second } = await watched();
    const heard: unknown[] = [];
    subscriber.on('qualityScoreChanged', (e) => heard.push(e.qualityScore));
    await settled();
    for (let seconds = 0; seconds < 10; seconds++) await second();
    expect(heard).toEqual([{ audioQualityScore: 5, videoQualityScore: 5 }]);
    for (let seconds = 0; seconds < 10; seconds++) {
      counted.audio.packetsLost += 50;
      await second();
    }
    expect(heard.at(-1)).toEqual({ audioQualityScore: 2, videoQualityScore: 5 });
    subscriber.subscribeToVideo(false);
    await second();
    await second();
    expect(heard.at(-1)).toEqual({ audioQualityScore: 4 });
  });

  it('is looked at only while somebody listens, and no longer than it lasts', async () => {
    const { platform, session, subscriber } = await watched();
    const timers = platform.timers;
    const heard = (): void => undefined;
    subscriber.on('audioLevelUpdated', heard);
    expect(platform.timers).toBe(timers);
    subscriber.on('qualityScoreChanged networkConditionChanged', heard);
    expect(platform.timers).toBe(timers + 1);
    subscriber.off('qualityScoreChanged');
    expect(platform.timers).toBe(timers + 1);
    subscriber.off('networkConditionChanged');
    expect(platform.timers).toBe(timers);
    subscriber.on('videoQualityChanged', heard);
    session.unsubscribe(subscriber);
    subscriber.on('qualityScoreChanged', heard);
    expect(platform.timers).toBe(timers);
  });

  it('is told as the condition of the network, and why', async () => {
    const { server, subscriber, second } = await watched();
    const heard: unknown[] = [];
    subscriber.on('networkConditionChanged', ({ reason, stats }) => {
      const { networkCondition, networkConditionReason } = stats.mediaLink.transport;
      heard.push([reason, networkCondition, networkConditionReason]);
    });
    await settled();
    for (let seconds = 0; seconds < 4; seconds++) await second();
    server.event('videoQuality', { subscriptionId: 'subscription-1', quality: 'warning' });
    for (let seconds = 0; seconds < 4; seconds++) await second();
    expect(heard).toEqual([
      ['networkConditionChanged', 'excellent', 'none'],
      ['networkConditionChanged', 'warning', 'bandwidth'],
    ]);
  });

  it('is told as what happens to the pictures', async () => {
    const { subscriber, counted, second } = await watched();
    const heard: unknown[] = [];
    subscriber.on('videoQualityChanged', ({ reason, stats }) => {
      heard.push([reason, stats.video?.width, stats.video?.freezeCount]);
    });
    await settled();
    for (let seconds = 0; seconds < 6; seconds++) await second();
    expect(heard).toEqual([]);
    Object.assign(counted.video, { frameWidth: 320, frameHeight: 240 });
    await second();
    await second();
    counted.video.freezeCount++;
    await second();
    await second();
    expect(heard).toEqual([
      ['resolutionChange', 320, 0],
      ['videoInterruption', 320, 1],
    ]);
  });

  it('is not that of the time in which nothing was to come', async () => {
    const { platform, subscriber, counted, second } = await watched();
    const heard: unknown[] = [];
    subscriber.on('qualityScoreChanged videoQualityChanged', (e) => {
      heard.push(Reflect.get(e, 'qualityScore') ?? Reflect.get(e, 'reason'));
    });
    for (let seconds = 0; seconds < 10; seconds++) await second();
    subscriber.subscribeToVideo(false);
    await platform.pass(10_000, 1_000);
    heard.length = 0;
    subscriber.subscribeToVideo(true);
    Object.assign(counted.video, { freezeCount: 1, totalFreezesDuration: 10 });
    for (let seconds = 0; seconds < 20; seconds++) await second();
    expect(heard.filter((what) => what === 'videoInterruption')).toEqual([]);
    expect(heard.at(-1)).toEqual({ audioQualityScore: 5, videoQualityScore: 5 });
    expect(heard.some((what) => JSON.stringify(what).includes('"videoQualityScore":1'))).toBe(
      false,
    );
  });

  it('survives statistics that can not be read', async () => {
    const { platform, subscriber, second } = await watched();
    const [audio] = platform.peerConnections[0]?.transceivers ?? [];
    if (!audio) throw new Error('there is no receiver');
    const getStats = audio.receiver.getStats.bind(audio.receiver);
    audio.receiver.getStats = () => Promise.reject(new Error('closed'));
    const heard: unknown[] = [];
    subscriber.on('qualityScoreChanged', (e) => heard.push(e.qualityScore));
    for (let seconds = 0; seconds < 4; seconds++) await second();
    expect(heard).toEqual([]);
    audio.receiver.getStats = getStats;
    for (let seconds = 0; seconds < 8; seconds++) await second();
    expect(heard).toEqual([{ audioQualityScore: 5, videoQualityScore: 5 }]);
  });
});

describe('the quality of a publisher', () => {
  it('is told as what limits it and the condition of the network, while it is published', async () => {
    const joined = await joinSession();
    const { publisher, pc } = await publish(joined);
    const limits: unknown[] = [];
    const conditions: unknown[] = [];
    let qualityLimitationReason = 'none';
    let packetsSent = 0;
    const sender = pc.transceivers[1]?.sender;
    if (!sender) throw new Error('there is no sender');
    sender.getStats = () =>
      Promise.resolve(
        reportOf(outbound('video', 'q', { qualityLimitationReason, packetsSent: ++packetsSent })),
      );
    const timers = joined.platform.timers;
    publisher.on('videoQualityChanged', (e) => limits.push(e.reason));
    publisher.on('networkConditionChanged', ({ statsContainer }) =>
      conditions.push(statsContainer.stats.transportStats.networkCondition),
    );
    expect(joined.platform.timers).toBe(timers + 1);
    await joined.platform.pass(4_000, 1_000);
    qualityLimitationReason = 'bandwidth';
    await joined.platform.pass(4_000, 1_000);
    qualityLimitationReason = 'none';
    await joined.platform.pass(4_000, 1_000);
    expect(limits).toEqual(['bandwidth', 'none']);
    expect(conditions).toEqual(['fair', 'unknown']);
    publisher.destroy();
    await settled();
    expect(joined.platform.timers).toBeLessThanOrEqual(timers);
  });
});
