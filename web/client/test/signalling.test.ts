import { describe, expect, it } from 'vitest';
import { OTError } from '../src/errors.js';
import type { ServerEvent } from '../src/signalling/messages.js';
import { Refusal } from '../src/signalling/refusal.js';
import { Signalling } from '../src/signalling/signalling.js';
import { FakePlatform, settled } from './fakes/platform.js';
import { streamMessage } from './fakes/server.js';

interface Opened {
  readonly platform: FakePlatform;
  readonly signalling: Signalling;
  readonly events: ServerEvent[];
  readonly losses: number[];
}

async function open(): Promise<Opened> {
  const platform = new FakePlatform();
  const events: ServerEvent[] = [];
  const losses: number[] = [];
  const signalling = await Signalling.open(platform, 'wss://x/v1/signalling', {
    event: (event) => events.push(event),
    lost: (code) => losses.push(code),
  });
  return { platform, signalling, events, losses };
}

describe('signalling', () => {
  it('opens with the subprotocol of the server', async () => {
    const { platform } = await open();
    expect(platform.server.url).toBe('wss://x/v1/signalling');
    expect(platform.server.subprotocol).toBe('sluice.v1');
  });

  it('gives each request its own reply, whatever the order', async () => {
    const { platform, signalling } = await open();
    const first = platform.server.holds('publish');
    const results = [
      signalling.request('publish', { name: '', hasAudio: true, hasVideo: false }),
      signalling.request('subscribe', { streamId: 's', audio: true, video: true }),
    ];
    await settled();
    first.release({ streamId: 'stream' });
    expect(await Promise.all(results)).toEqual([
      { streamId: 'stream' },
      { subscriptionId: 'subscription-1' },
    ]);
    expect(platform.server.requests.map(({ id, type }) => [id, type])).toEqual([
      [1, 'publish'],
      [2, 'subscribe'],
    ]);
  });

  it('rejects a refused request with the code of the server', async () => {
    const { platform, signalling } = await open();
    platform.server.refuses('unpublish', 'stream_not_found', 'no such stream');
    const refused = signalling.request('unpublish', { streamId: 's' });
    await expect(refused).rejects.toBeInstanceOf(Refusal);
    await expect(refused).rejects.toMatchObject({
      code: 'stream_not_found',
      message: 'no such stream',
    });
  });

  it('rejects a reply that lacks its result', async () => {
    const { platform, signalling } = await open();
    platform.server.responders.set('publishOffer', () => ({ sdp: 5 }));
    await expect(signalling.request('publishOffer', { sdp: '', tracks: [] })).rejects.toThrow(
      'sdp',
    );
  });

  it('passes events on, reads a signal of the server, and lives through nonsense', async () => {
    const { platform, events } = await open();
    const { server } = platform;
    server.onmessage?.({ data: 'no JSON' });
    server.onmessage?.({ data: 'null' });
    server.frame({ event: 'streamDestroyed', streamId: 's', reason: 'because' });
    server.frame({ event: 'fromTheFuture', something: 1 });
    server.frame({ reply: 99 });
    server.event('signal', { signalType: 'chat', data: 'hi', from: null });
    server.event('streamCreated', { stream: streamMessage('stream-1', { videoType: undefined }) });
    expect(events).toEqual([
      { event: 'signal', signalType: 'chat', data: 'hi', from: undefined },
      expect.objectContaining({ event: 'streamCreated' }),
    ]);
  });

  it('pings at the pace of the server and stays while something comes back', async () => {
    const { platform, signalling, losses } = await open();
    signalling.keepAlive(1000, 3000);
    for (let i = 0; i < 10; i++) {
      platform.advance(1000);
      await settled();
    }
    expect(platform.server.sent('ping')).toHaveLength(10);
    expect(losses).toEqual([]);
  });

  it('takes a silent socket for lost after the timeout, once', async () => {
    const { platform, signalling, losses } = await open();
    platform.server.holds('ping');
    signalling.keepAlive(1000, 3000);
    platform.advance(2000);
    expect(losses).toEqual([]);
    platform.advance(10_000);
    platform.server.drops();
    expect(losses).toEqual([1006]);
    await expect(signalling.request('unpublish', { streamId: 's' })).rejects.toMatchObject({
      name: 'OT_DISCONNECTED',
    });
  });

  it('fails open requests when the socket goes', async () => {
    const { platform, signalling, losses } = await open();
    platform.server.holds('unpublish');
    const request = signalling.request('unpublish', { streamId: 's' });
    platform.server.drops(1001);
    await expect(request).rejects.toBeInstanceOf(OTError);
    expect(losses).toEqual([1001]);
  });

  it('says goodbye when closed, and hears no more', async () => {
    const { platform, signalling, events, losses } = await open();
    signalling.close();
    signalling.close();
    platform.server.event('disconnected', { reason: 'clientDisconnected' });
    platform.server.drops(1000);
    expect(platform.server.types()).toEqual(['disconnect']);
    expect(platform.server.closedWith).toBe(1000);
    expect([events, losses]).toEqual([[], []]);
  });

  it('gives up on a socket that never opens', async () => {
    const platform = new FakePlatform();
    platform.socketOpens = false;
    const opening = Signalling.open(platform, 'wss://x', { event: () => 0, lost: () => 0 });
    platform.advance(15_000);
    await expect(opening).rejects.toMatchObject({ name: 'OT_TIMEOUT', code: 1008 });
    expect(platform.server.closedWith).toBeDefined();
  });

  it.each([
    [1006, 'OT_CONNECT_FAILED', 1006],
    [4401, 'OT_AUTHENTICATION_ERROR', 1004],
    [4404, 'OT_INVALID_SESSION_ID', 1005],
    [4408, 'OT_TIMEOUT', 1008],
    [4429, 'OT_CONNECTION_LIMIT_EXCEEDED', 1007],
  ])('explains a socket closed with %i as %s', async (closeCode, name, code) => {
    const platform = new FakePlatform();
    platform.socketOpens = false;
    const opening = Signalling.open(platform, 'wss://x', { event: () => 0, lost: () => 0 });
    platform.server.drops(closeCode);
    await expect(opening).rejects.toMatchObject({ name, code });
  });
});
