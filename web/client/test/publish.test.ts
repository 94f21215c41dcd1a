import { describe, expect, it, vi } from 'vitest';
import type { Publisher } from '../src/publisher/publisher.js';
import { joinSession, newPublisher, newSession, publish } from './fakes/joined.js';
import { FakePlatform, settled } from './fakes/platform.js';
import { welcome } from './fakes/server.js';

function recordEvents(publisher: Publisher): string[] {
  const heard: string[] = [];
  publisher.on('streamCreated', (e) => heard.push(`streamCreated ${e.stream.id}`));
  publisher.on('streamDestroyed', (e) => heard.push(`streamDestroyed ${e.reason}`));
  publisher.on('destroyed', () => heard.push('destroyed'));
  return heard;
}

describe('publishing', () => {
  it('announces, negotiates and sets publisher.stream before the handler runs', async () => {
    const joined = await joinSession();
    const { platform, session, server } = joined;
    const publisher = newPublisher(platform, { name: 'Ada', initials: 'A' });
    const heard = recordEvents(publisher);
    const handled = new Promise((resolve) => {
      const returned = session.publish(publisher, (error) => {
        resolve([error, publisher.stream?.streamId]);
      });
      expect(returned).toBe(publisher);
    });
    await settled();
    const [pc] = platform.peerConnections;
    expect(server.sent('publish')[0]).toEqual({
      id: 2,
      type: 'publish',
      name: 'Ada',
      initials: 'A',
      hasAudio: true,
      hasVideo: true,
      videoType: 'camera',
      videoDimensions: { width: 640, height: 480 },
      frameRate: 30,
    });
    expect(server.sent('publishOffer')[0]).toMatchObject({
      tracks: [
        { mid: '0', streamId: 'own-stream-1' },
        { mid: '1', streamId: 'own-stream-1' },
      ],
    });
    expect(pc?.transceivers.map(({ direction }) => direction)).toEqual(['sendonly', 'sendonly']);
    pc?.becomes('connected');
    expect(await handled).toEqual([undefined, 'own-stream-1']);
    expect(heard).toEqual(['streamCreated own-stream-1']);
    expect(session.getPublisherForStream({ streamId: 'own-stream-1' })).toBe(publisher);
    expect(publisher.stream?.connection).toBe(session.connection);
  });

  it('sends the camera in layers, and a screen in one', async () => {
    const joined = await joinSession();
    const { pc } = await publish(joined, { resolution: '1280x720' });
    await publish(joined, { videoSource: 'screen' });
    const [, camera, screen] = pc.transceivers;
    expect(
      camera?.sender.encodings.map((encoding) => [
        encoding.rid,
        encoding.scaleResolutionDownBy,
        encoding.active,
        Reflect.get(encoding, 'scalabilityMode') as unknown,
      ]),
    ).toEqual([
      ['q', 4, true, 'L1T3'],
      ['h', 2, true, 'L1T3'],
      ['f', 1, true, 'L1T3'],
    ]);
    expect(screen?.sender.encodings).toHaveLength(1);
    expect(screen?.sender.track?.contentHint).toBe('detail');
  });

  it.each([
    [{}, undefined],
    [{ audioFallback: { subscriber: false } }, false],
    [{ audioFallback: { subscriber: true }, audioFallbackEnabled: false }, true],
    [{ audioFallback: { publisher: true } }, undefined],
    [{ audioFallbackEnabled: false }, false],
  ])('with %j says of the fallback to sound at subscribers: %s', async (properties, told) => {
    const joined = await joinSession();
    await publish(joined, properties);
    expect(joined.server.sent('publish')[0]?.audioFallback).toBe(told);
  });

  it('sends the layers that anybody wants, as far as the picture has them', async () => {
    const joined = await joinSession();
    const { publisher, pc } = await publish(joined, { resolution: '1280x720' });
    const want = async (...rids: string[]): Promise<void> => {
      joined.server.event('wantedLayers', { streamId: 'own-stream-1', rids });
      await settled();
    };
    const sent = (): unknown[] =>
      (pc.transceivers[1]?.sender.encodings ?? [])
        .filter(({ active }) => active)
        .map(({ rid }) => rid);
    expect(sent()).toEqual(['q', 'h', 'f']);
    await want('q');
    expect(sent()).toEqual(['q']);
    await publisher.setVideoSource('cam2');
    expect(sent(), 'another camera').toEqual(['q']);
    await want('q', 'f');
    expect(sent()).toEqual(['q', 'f']);
    await want();
    expect(sent()).toEqual([]);
    await want('f');
    await publisher.setPreferredResolution({ width: 640, height: 360 });
    await settled();
    expect(sent(), 'the best there is').toEqual(['h']);
    joined.server.event('wantedLayers', { streamId: 'of another', rids: [] });
    await settled();
    expect(sent()).toEqual(['h']);
  });

  it('waits for the media of the publisher', async () => {
    const { platform, session, server } = await joinSession();
    let open = (): void => undefined;
    platform.devices.gate = new Promise((resolve) => (open = resolve));
    const publisher = newPublisher(platform);
    const published = session.publish.promise(publisher);
    await settled();
    expect(server.sent('publish')).toEqual([]);
    open();
    await settled();
    platform.peerConnections[0]?.becomes('connected');
    expect(await published).toBe(publisher);
  });

  it('serialises the offers of several publishers on one PeerConnection', async () => {
    const joined = await joinSession();
    const { platform, session, server } = joined;
    const answers = server.holds('publishOffer');
    const both = [newPublisher(platform), newPublisher(platform, { videoSource: null })].map(
      (publisher) => session.publish.promise(publisher),
    );
    await settled();
    expect(server.sent('publishOffer')).toHaveLength(1);
    answers.release({ sdp: 'answer' });
    await settled();
    expect(server.sent('publishOffer')).toHaveLength(2);
    expect(server.sent('publishOffer')[1]?.tracks).toHaveLength(3);
    answers.release({ sdp: 'answer' });
    await settled();
    expect(platform.peerConnections).toHaveLength(1);
    platform.peerConnections[0]?.becomes('connected');
    await Promise.all(both);
  });

  it('uses the m-sections of a stream that ended again', async () => {
    const joined = await joinSession();
    const { session, server } = joined;
    const { publisher, pc } = await publish(joined);
    session.unpublish(publisher);
    await settled();
    expect(server.types().slice(-2)).toEqual(['unpublish', 'publishOffer']);
    expect(server.sent('publishOffer').at(-1)?.tracks).toEqual([]);
    expect(pc.transceivers.map(({ direction }) => direction)).toEqual(['inactive', 'inactive']);
    await publish(joined);
    expect(pc.transceivers).toHaveLength(2);
    expect(pc.transceivers.map(({ direction }) => direction)).toEqual(['sendonly', 'sendonly']);
    await publish(joined, { videoSource: 'screen' });
    expect(pc.transceivers).toHaveLength(3);
  });

  it('ends by unpublish: streamDestroyed, then destroyed; later calls do nothing', async () => {
    const joined = await joinSession();
    const { publisher } = await publish(joined);
    const heard = recordEvents(publisher);
    joined.session.unpublish(publisher);
    publisher.destroy();
    publisher.destroy();
    joined.session.unpublish(publisher);
    await settled();
    expect(heard).toEqual(['streamDestroyed clientDisconnected', 'destroyed']);
    expect(joined.server.sent('unpublish')).toHaveLength(1);
    expect(joined.platform.devices.opened.every((t) => t.readyState === 'ended')).toBe(true);
  });

  it('can be published again when the default of streamDestroyed was prevented', async () => {
    const joined = await joinSession();
    const { publisher, pc } = await publish(joined);
    publisher.on('streamDestroyed', (e) => {
      e.preventDefault();
    });
    joined.session.unpublish(publisher);
    await settled();
    expect(publisher.stream).toBeUndefined();
    await joined.session.publish.promise(publisher);
    expect(publisher.stream?.streamId).toBe('own-stream-2');
    expect(pc.transceivers[0]?.sender.track?.readyState).toBe('live');
  });

  it('takes the stream out again when unpublished while it is negotiated', async () => {
    const { platform, session, server } = await joinSession();
    const answers = server.holds('publishOffer');
    const publisher = newPublisher(platform);
    const heard = recordEvents(publisher);
    const published = session.publish.promise(publisher);
    await settled();
    session.unpublish(publisher);
    server.responders.set('publishOffer', () => ({ sdp: 'answer' }));
    answers.release({ sdp: 'answer' });
    await expect(published).rejects.toMatchObject({ name: 'OT_STREAM_DESTROYED' });
    await settled();
    expect(server.sent('unpublish')).toHaveLength(1);
    expect(server.sent('publishOffer').at(-1)?.tracks).toEqual([]);
    expect(heard).toEqual([]);
  });

  it('stops what it captured when destroyed before its media came', async () => {
    const { platform, session, server } = await joinSession();
    let open = (): void => undefined;
    platform.devices.gate = new Promise((resolve) => (open = resolve));
    const publisher = newPublisher(platform);
    const heard = recordEvents(publisher);
    const published = session.publish.promise(publisher);
    await settled();
    publisher.destroy();
    open();
    await expect(published).rejects.toMatchObject({ name: 'OT_STREAM_DESTROYED' });
    await settled();
    expect(platform.devices.opened.map((t) => t.readyState)).toEqual(['ended', 'ended']);
    expect(server.sent('publish')).toEqual([]);
    expect(heard).toEqual(['destroyed']);
  });

  it('fails when it is not connected, not allowed, published already or destroyed', async () => {
    const platform = new FakePlatform();
    const publisher = newPublisher(platform);
    await expect(newSession(platform).publish.promise(publisher)).rejects.toMatchObject({
      name: 'OT_NOT_CONNECTED',
      code: 1010,
    });
    const subscriberRole = { ...welcome().capabilities, publish: false };
    const guest = await joinSession({ capabilities: subscriberRole });
    await expect(guest.session.publish.promise(publisher)).rejects.toMatchObject({
      name: 'OT_PERMISSION_DENIED',
    });
    const joined = await joinSession();
    const published = await publish(joined);
    await expect(joined.session.publish.promise(published.publisher)).rejects.toMatchObject({
      name: 'OT_INVALID_PARAMETER',
    });
    publisher.destroy();
    await expect(joined.session.publish.promise(publisher)).rejects.toMatchObject({
      name: 'OT_INVALID_PARAMETER',
    });
  });

  it('rolls a refused offer back, and can publish afterwards', async () => {
    const joined = await joinSession();
    joined.server.refuses('publishOffer', 'unsupported_media', 'no codec in common');
    const refused = joined.session.publish.promise(newPublisher(joined.platform));
    await expect(refused).rejects.toMatchObject({
      name: 'OT_NOT_SUPPORTED',
      message: 'no codec in common',
    });
    await settled();
    expect(joined.server.sent('unpublish')).toHaveLength(1);
    expect(joined.platform.peerConnections[0]?.signalingState).toBe('stable');
    joined.server.responders.set('publishOffer', () => ({ sdp: 'answer' }));
    const { publisher } = await publish(joined);
    expect(publisher.stream?.streamId).toBe('own-stream-2');
  });

  it('fails with OT_ICE_WORKFLOW_FAILED when no media gets through', async () => {
    const { platform, session } = await joinSession();
    const published = session.publish.promise(newPublisher(platform));
    await settled();
    platform.peerConnections[0]?.becomes('failed');
    await expect(published).rejects.toMatchObject({ name: 'OT_ICE_WORKFLOW_FAILED' });
  });

  it('loses its stream when media stops getting through for a minute', async () => {
    const joined = await joinSession();
    const { publisher, pc } = await publish(joined);
    const heard = recordEvents(publisher);
    pc.becomes('failed');
    await joined.platform.pass(59_000, 1000);
    expect(heard).toEqual([]);
    await joined.platform.pass(2_000, 1000);
    expect(heard).toEqual(['streamDestroyed networkDisconnected', 'destroyed']);
    expect(joined.server.sent('unpublish')).toHaveLength(1);
  });

  it('ends with the session, without telling the server', async () => {
    const joined = await joinSession();
    const { publisher, pc } = await publish(joined);
    const heard = recordEvents(publisher);
    joined.server.drops(4413);
    await settled();
    expect(heard).toEqual(['streamDestroyed networkDisconnected', 'destroyed']);
    expect(joined.server.sent('unpublish')).toEqual([]);
    expect(pc.closed).toBe(true);
  });

  it('ends when somebody else ended it', async () => {
    const joined = await joinSession();
    const { publisher } = await publish(joined);
    const heard = recordEvents(publisher);
    joined.server.event('streamDestroyed', {
      streamId: 'own-stream-1',
      reason: 'forceUnpublished',
    });
    await settled();
    expect(heard).toEqual(['streamDestroyed forceUnpublished', 'destroyed']);
    expect(joined.server.sent('unpublish')).toEqual([]);
  });

  it('tells the session of changes of the own stream', async () => {
    const joined = await joinSession();
    const { publisher } = await publish(joined);
    const changed = vi.fn();
    joined.session.on('streamPropertyChanged', changed);
    publisher.publishAudio(false);
    await settled();
    expect(joined.server.sent('updateStream')[0]).toMatchObject({
      streamId: 'own-stream-1',
      hasAudio: false,
    });
    joined.server.event('streamPropertyChanged', {
      streamId: 'own-stream-1',
      property: 'hasAudio',
      newValue: false,
    });
    await settled();
    expect(changed).toHaveBeenCalledOnce();
    expect(publisher.stream?.hasAudio).toBe(false);
  });

  it('gives its statistics as a list of one', async () => {
    const joined = await joinSession();
    const { publisher } = await publish(joined);
    const [entry] = await publisher.getStats();
    expect(entry?.stats.video?.packetsSent).toBe(2);
    expect((await publisher.getRtcStatsReport())[0]?.rtcStatsReport.size).toBe(2);
    publisher.destroy();
    await expect(publisher.getStats()).rejects.toMatchObject({ name: 'OT_NOT_CONNECTED' });
  });
});
