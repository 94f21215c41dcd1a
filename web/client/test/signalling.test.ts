import { describe, expect, it } from 'vitest';
import { OTError } from '../src/errors.js';
import type { ServerEvent } from '../src/signalling/messages.js';
import { Refusal } from '../src/signalling/refusal.js';
import { Signalling, type SignallingListener } from '../src/signalling/signalling.js';
import { FakePlatform, settled } from './fakes/platform.js';
import { streamMessage } from './fakes/server.js';

interface Opened {
  readonly platform: FakePlatform;
  readonly signalling: Signalling;
  readonly events: ServerEvent[];
  readonly heard: string[];
}

const NOBODY: SignallingListener = {
  event: () => undefined,
  interrupted: () => undefined,
  resumed: () => undefined,
  networkChanged: () => undefined,
  ended: () => undefined,
};

async function open(): Promise<Opened> {
  const platform = new FakePlatform();
  const events: ServerEvent[] = [];
  const heard: string[] = [];
  const signalling = await Signalling.open(platform, 'wss://x/v1/signalling', {
    event: (event) => events.push(event),
    interrupted: () => heard.push('interrupted'),
    resumed: () => heard.push('resumed'),
    networkChanged: () => heard.push('networkChanged'),
    ended: (code) => heard.push(`ended ${code}`),
  });
  return { platform, signalling, events, heard };
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

  it('fails open requests when the socket goes before the session is joined', async () => {
    const { platform, signalling, heard } = await open();
    platform.server.holds('unpublish');
    const request = signalling.request('unpublish', { streamId: 's' });
    platform.server.drops(1001);
    await expect(request).rejects.toBeInstanceOf(OTError);
    expect(heard).toEqual(['ended 1001']);
  });

  it('says goodbye when closed, and hears no more', async () => {
    const { platform, signalling, events, heard } = await open();
    signalling.close();
    signalling.close();
    platform.server.event('disconnected', { reason: 'clientDisconnected' });
    platform.server.drops(1000);
    expect(platform.server.types()).toEqual(['disconnect']);
    expect(platform.server.closedWith).toBe(1000);
    expect([events, heard]).toEqual([[], []]);
  });

  it('gives up on a socket that never opens', async () => {
    const platform = new FakePlatform();
    platform.socketOpens = false;
    const opening = Signalling.open(platform, 'wss://x', NOBODY);
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
    const opening = Signalling.open(platform, 'wss://x', NOBODY);
    platform.server.drops(closeCode);
    await expect(opening).rejects.toMatchObject({ name, code });
  });
});
