import { describe, expect, it } from 'vitest';
import { judge } from '../src/media/link.js';
import { publisherStats, readSent } from '../src/media/publisher-stats.js';
import { readReceived, subscriberStats, type LinkFacts } from '../src/media/subscriber-stats.js';
import { inbound, lossOf, outbound, pathEntries, reportOf } from './fakes/report.js';

const WELL: LinkFacts = { quality: 'good', publisher: 'sending' };

const CODEC = { id: 'codec-video', type: 'codec', mimeType: 'video/VP8' } as const;

/** What a subscriber has after `seconds` of sound and pictures of which `lost` packets did not come. */
const receivedAfter = (seconds: number, lost = 0): ReturnType<typeof readReceived> =>
  readReceived(
    reportOf(
      CODEC,
      ...pathEntries({ currentRoundTripTime: 0.04, availableIncomingBitrate: 900_000 }),
      inbound('audio', { packetsReceived: 50 * seconds, packetsLost: 0, bytesReceived: 4_000 }),
      inbound('video', {
        packetsReceived: 100 * seconds - lost,
        packetsLost: lost,
        bytesReceived: 50_000 * seconds,
        headerBytesReceived: 2_000 * seconds,
        framesReceived: 30 * seconds,
        framesDecoded: 29 * seconds,
        framesPerSecond: 25,
        frameWidth: 640,
        frameHeight: 360,
        freezeCount: 2,
        totalFreezesDuration: 0.5,
      }),
    ),
    seconds * 1_000,
  );

describe('the statistics of a subscriber', () => {
  it('are rates since the call before', () => {
    const stats = subscriberStats(receivedAfter(6), receivedAfter(4), WELL);
    expect(stats).toEqual({
      timestamp: 6_000,
      audio: { bytesReceived: 4_000, packetsReceived: 300, packetsLost: 0 },
      video: {
        bytesReceived: 300_000,
        packetsReceived: 600,
        packetsLost: 0,
        frameRate: 30,
        decodedFrameRate: 29,
        bitrate: 400_000,
        totalBitrate: 416_000,
        width: 640,
        height: 360,
        codec: 'VP8',
        freezeCount: 2,
        totalFreezesDuration: 0.5,
        pauseCount: 0,
        totalPausesDuration: 0,
      },
      mediaLink: {
        transport: {
          connectionEstimatedBandwidth: 900_000,
          networkCondition: 'excellent',
          networkConditionReason: 'none',
        },
        remotePublisherTransport: {
          networkCondition: 'unknown',
          networkConditionReason: 'unknown',
        },
        networkDegradationSource: 'none',
      },
    });
  });

  it('have no rates at the first call but the frames of the last second', () => {
    const { video } = subscriberStats(receivedAfter(4), undefined, WELL);
    expect(video).toMatchObject({
      bitrate: 0,
      totalBitrate: 0,
      frameRate: 25,
      decodedFrameRate: 25,
    });
  });

  it('have no medium that is not received', () => {
    const stats = subscriberStats(readReceived(reportOf(), 5), undefined, WELL);
    expect(Object.keys(stats)).toEqual(['timestamp', 'mediaLink']);
    expect(stats.mediaLink.transport.networkCondition).toBe('unknown');
  });

  it.each([
    ['good', 'sending', 'excellent', 'none'],
    ['warning', 'sending', 'warning', 'local'],
    ['off', 'sending', 'critical', 'local'],
    ['good', 'heldBack', 'excellent', 'remote'],
    ['good', 'gone', 'excellent', 'remote'],
    ['off', 'heldBack', 'critical', 'bothOrUnclear'],
  ] as const)(
    'of a network that is %s and a publisher that is %s: %s, %s',
    (quality, publisher, condition, source) => {
      const facts: LinkFacts = { quality, publisher };
      const { mediaLink } = subscriberStats(receivedAfter(6), receivedAfter(4), facts);
      expect(mediaLink.transport.networkCondition).toBe(condition);
      expect(mediaLink.networkDegradationSource).toBe(source);
    },
  );

  it('do not say whose network lost what is missing', () => {
    const { mediaLink } = subscriberStats(receivedAfter(6, 20), receivedAfter(4), WELL);
    expect(mediaLink.transport).toMatchObject({
      networkCondition: 'warning',
      networkConditionReason: 'packetLoss',
    });
    expect(mediaLink.networkDegradationSource).toBe('bothOrUnclear');
  });

  it('stay positive when the counters start anew', () => {
    const { video, mediaLink } = subscriberStats(receivedAfter(1), receivedAfter(0.5, 40), WELL);
    expect(video?.bitrate).toBe(400_000);
    expect(mediaLink.transport.networkCondition).toBe('excellent');
  });
});

describe('the condition of a network', () => {
  const enough = { loss: 0, roundTripMs: 20, bandwidth: 'enough' } as const;

  it.each([
    [{}, ['excellent', 'none']],
    [{ loss: 0.01 }, ['good', 'packetLoss']],
    [{ loss: 0.04 }, ['fair', 'packetLoss']],
    [{ loss: 0.08 }, ['warning', 'packetLoss']],
    [{ loss: 0.2 }, ['critical', 'packetLoss']],
    [{ roundTripMs: 250 }, ['good', 'unknown']],
    [{ roundTripMs: 900 }, ['warning', 'unknown']],
    [{ bandwidth: 'limited' }, ['fair', 'bandwidth']],
    [{ bandwidth: 'limited', loss: 0.08 }, ['warning', 'packetLoss']],
    [{ bandwidth: 'none' }, ['critical', 'bandwidth']],
    [{ loss: undefined, roundTripMs: undefined }, ['unknown', 'unknown']],
  ] as const)('with %j is %j', (changes, judgement) => {
    expect(judge({ ...enough, ...changes })).toEqual(judgement);
  });
});

describe('the statistics of a publisher', () => {
  const sentAfter = (seconds: number, limitation = 'none'): ReturnType<typeof readSent> =>
    readSent(
      reportOf(
        CODEC,
        ...pathEntries({ currentRoundTripTime: 0.02, availableOutgoingBitrate: 1_500_000 }),
        outbound('audio', '', { bytesSent: 5_000 * seconds, packetsSent: 50 * seconds }),
        outbound('video', 'q', {
          bytesSent: 20_000 * seconds,
          headerBytesSent: 1_000 * seconds,
          packetsSent: 20 * seconds,
          framesPerSecond: 15,
          frameWidth: 160,
          frameHeight: 90,
          codecId: 'codec-video',
          scalabilityMode: 'L1T3',
          qualityLimitationReason: limitation,
        }),
        outbound('video', 'h', { bytesSent: 900, packetsSent: 9, qualityLimitationReason: 'cpu' }),
        lossOf('audio', '', 0, 2),
        lossOf('video', 'q', 0.02, 3),
        lossOf('video', 'h', 0.5, -1),
      ),
      seconds * 1_000,
    );

  it('are sums of its layers, and rates of each since the call before', () => {
    const stats = publisherStats(sentAfter(4), sentAfter(2), 'enough');
    expect(stats).toMatchObject({
      timestamp: 4_000,
      audio: { bytesSent: 20_000, packetsSent: 200, packetsLost: 2 },
      video: { bytesSent: 80_900, packetsSent: 89, packetsLost: 3, frameRate: 15 },
    });
    expect(stats.video?.layers[0]).toEqual({
      rid: 'q',
      width: 160,
      height: 90,
      frameRate: 15,
      encodedFrameRate: 15,
      bytesSent: 80_000,
      packetsSent: 80,
      bitrate: 160_000,
      totalBitrate: 168_000,
      codec: 'VP8',
      scalabilityMode: 'L1T3',
      qualityLimitationReason: 'none',
    });
    expect(publisherStats(sentAfter(4), undefined, 'enough').video?.layers[0]?.bitrate).toBe(0);
  });

  it('know the way by its estimate and what flows on it, not by a layer that is off', () => {
    const { mediaLink, transportStats } = publisherStats(sentAfter(4), sentAfter(2), 'enough');
    expect(transportStats).toEqual({
      connectionEstimatedBandwidth: 1_500_000,
      networkCondition: 'good',
      networkConditionReason: 'packetLoss',
    });
    expect(mediaLink.transport).toBe(transportStats);
  });

  it('find the way in a browser that has no entry for the transport', () => {
    const pair = { id: 'P', type: 'candidate-pair', nominated: true, state: 'succeeded' };
    const { roundTripMs, estimateBps } = readSent(
      reportOf(pair, { ...lossOf('audio', '', 0), roundTripTime: 0.3 }),
      0,
    );
    expect([roundTripMs, estimateBps]).toEqual([300, undefined]);
  });
});
