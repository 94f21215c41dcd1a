import { describe, expect, it } from 'vitest';
import type { Cancel } from '../src/platform.js';
import { KeepAlive } from '../src/signalling/keep-alive.js';
import type { ServerEvent } from '../src/signalling/messages.js';
import { Signalling } from '../src/signalling/signalling.js';
import { RESULTS } from '../src/signalling/decode.js';
import { Fields } from '../src/signalling/fields.js';
import { FakePlatform, settled } from './fakes/platform.js';
import { welcome, type FakeServer } from './fakes/server.js';

interface Joined {
  readonly platform: FakePlatform;
  readonly signalling: Signalling;
  /** The socket it joined by. */
  readonly first: FakeServer;
  readonly heard: string[];
}

async function join(changes: object = {}): Promise<Joined> {
  const platform = new FakePlatform();
  const heard: string[] = [];
  const signalling = await Signalling.open(platform, 'wss://x', {
    event: (event: ServerEvent) => {
      heard.push(event.event === 'signal' ? `signal ${String(event.data)}` : event.event);
    },
    interrupted: () => heard.push('interrupted'),
    resumed: () => heard.push('resumed'),
    networkChanged: () => heard.push('networkChanged'),
    ended: (code) => heard.push(`ended ${code}`),
  });
  const first = platform.server;
  first.responders.set('connect', () => welcome(changes));
  await signalling.request('connect', { sessionId: 's', token: 't', client: 'c' });
  signalling.joined(RESULTS.connect(new Fields(welcome(changes))));
  return { platform, signalling, first, heard };
}

/** A browser that holds the interval timers of a page back. */
class LatePlatform extends FakePlatform {
  tick: () => void = () => undefined;
  #lateMs = 0;

  override every(_: number, run: () => void): Cancel {
    this.tick = run;
    return () => undefined;
  }

  override elapsedMs(): number {
    return super.elapsedMs() + this.#lateMs;
  }

  lateBy(ms: number): void {
    this.#lateMs += ms;
  }
}

const ids = (server: FakeServer): unknown[] => server.requests.map(({ type, id }) => [type, id]);

describe('a lost socket', () => {
  it('is replaced at once by one that resumes', async () => {
    const { platform, first, heard } = await join();
    first.event('signal', { data: 'one' });
    first.drops();
    await settled();
    expect(platform.servers).toHaveLength(2);
    expect(platform.server.requests[0]).toEqual({
      id: 0,
      type: 'resume',
      connectionId: 'me',
      token: 'resume-1',
      seq: 1,
    });
    expect(heard).toEqual(['signal one', 'interrupted', 'resumed']);
  });

  it('uses each token once', async () => {
    const { platform } = await join();
    for (let loss = 0; loss < 3; loss++) {
      platform.server.drops();
      await platform.pass(15_000, 1_000);
    }
    expect(platform.servers.slice(1).map((server) => server.requests[0]?.token)).toEqual([
      'resume-1',
      'resume-2',
      'resume-3',
    ]);
  });

  it('costs no request: what the server did not get is sent again, the rest is not', async () => {
    const { platform, signalling, first } = await join();
    first.holds('unpublish');
    const taken = signalling.request('unpublish', { streamId: 'taken' });
    await settled();
    first.reachable = false;
    const missed = signalling.request('unsubscribe', { subscriptionId: 'missed' });
    first.drops();
    const meanwhile = signalling.request('publish', { name: '', hasAudio: true, hasVideo: true });
    await settled();
    expect(ids(platform.server)).toEqual([
      ['resume', 0],
      ['unsubscribe', 3],
      ['publish', 4],
    ]);
    await missed;
    expect(await meanwhile).toEqual({ streamId: 'own-stream-1' });
    // The reply to what was taken comes whenever the server has it.
    platform.server.frame({ reply: 2 });
    await taken;
  });

  it('costs no frame, and none is handled twice', async () => {
    const { platform, first, heard } = await join();
    first.event('signal', { data: 'one' });
    first.reachable = false;
    first.event('signal', { data: 'two' });
    first.drops();
    first.event('signal', { data: 'three' });
    await settled();
    platform.server.onmessage?.({ data: '{"event":"signal","data":"two","from":null,"seq":2}' });
    platform.server.event('signal', { data: 'four' });
    expect(heard).toEqual([
      'signal one',
      'interrupted',
      'resumed',
      'signal two',
      'signal three',
      'signal four',
    ]);
  });

  it('hears nothing more from the old socket', async () => {
    const { platform, first, heard } = await join();
    first.holds('ping');
    await platform.pass(3_000, 500);
    expect(heard).toEqual(['interrupted', 'resumed']);
    expect(first.closedWith).toBeDefined();
    expect(first.onmessage).toBeNull();
    expect(first.onclose).toBeNull();
  });

  it('is tried again while the network is away, until it is back', async () => {
    const { platform, first, heard } = await join();
    platform.socketOpens = false;
    platform.socketsFail = true;
    first.drops();
    await platform.pass(10_000);
    expect(platform.servers.length).toBeGreaterThan(4);
    expect(platform.servers.length).toBeLessThan(9);
    platform.socketOpens = true;
    await platform.pass(5_000);
    expect(heard).toEqual(['interrupted', 'resumed']);
  });

  it('is tried at once when the network changes, leaving a try that hangs', async () => {
    const { platform, first, heard } = await join();
    platform.socketOpens = false;
    first.drops();
    await settled();
    const hanging = platform.server;
    platform.socketOpens = true;
    platform.changeNetwork();
    await settled();
    expect(hanging.closedWith).toBeDefined();
    expect(heard).toEqual(['interrupted', 'networkChanged', 'resumed']);
  });

  it('is given up at the end of the window; what waited fails', async () => {
    const { platform, signalling, first, heard } = await join();
    platform.socketOpens = false;
    first.drops();
    const waiting = signalling.request('unpublish', { streamId: 's' });
    await platform.pass(29_000, 1_000);
    expect(heard).toEqual(['interrupted']);
    const failed = expect(waiting).rejects.toMatchObject({ name: 'OT_DISCONNECTED' });
    await platform.pass(1_000, 1_000);
    await failed;
    expect(heard).toEqual(['interrupted', 'ended 1006']);
    const sockets = platform.servers.length;
    await platform.pass(10_000, 1_000);
    expect(platform.servers).toHaveLength(sockets);
  });

  it.each([
    [
      'the refusal',
      (server: FakeServer): void => {
        server.frame({ reply: 0, error: REFUSED });
      },
    ],
    [
      'its close code',
      (server: FakeServer): void => {
        server.drops(4410);
      },
    ],
  ])('is given up when the server refuses it by %s', async (_, refuse) => {
    const { platform, first, heard } = await join();
    platform.socketOpens = false;
    first.drops();
    refuse(platform.server);
    await settled();
    expect(heard).toEqual(['interrupted', 'ended 1006']);
    expect(platform.servers).toHaveLength(2);
  });

  it('is tried again when the server has a fault of its own', async () => {
    const { platform, first, heard } = await join();
    platform.socketOpens = false;
    first.drops();
    platform.socketOpens = true;
    platform.server.frame({ reply: 0, error: { code: 'internal', message: 'disk full' } });
    await platform.pass(500);
    expect(heard).toEqual(['interrupted', 'resumed']);
  });

  it.each([1000, 1001, 1009, 4400, 4409, 4413, 4429])(
    'is not replaced when it was closed with %i',
    async (code) => {
      const { platform, first, heard } = await join();
      first.drops(code);
      await settled();
      expect(heard).toEqual([`ended ${code}`]);
      expect(platform.servers).toHaveLength(1);
    },
  );

  it('is not replaced after close, nor is a try under way finished', async () => {
    const { platform, signalling, first, heard } = await join();
    platform.socketOpens = false;
    first.drops();
    signalling.close();
    platform.server.opens();
    await platform.pass(31_000, 1_000);
    expect(platform.servers).toHaveLength(2);
    expect(platform.server.closedWith).toBe(1000);
    expect(platform.server.requests).toEqual([]);
    expect(heard).toEqual(['interrupted']);
  });
});

const REFUSED = { code: 'resume_failed', message: 'the connection has ended' };

describe('a request that must not wait', () => {
  it('fails while the socket is lost', async () => {
    const { platform, signalling, first } = await join();
    platform.socketOpens = false;
    first.drops();
    await expect(
      signalling.request('signal', { data: 'now' }, { lasting: false }),
    ).rejects.toMatchObject({ name: 'OT_NOT_CONNECTED' });
  });

  it('fails when it was sent and the server did not get it, and only then', async () => {
    const { platform, signalling, first } = await join();
    first.holds('signal');
    const got = signalling.request('signal', { data: 'got' }, { lasting: false });
    await settled();
    first.reachable = false;
    const missed = signalling.request('signal', { data: 'missed' }, { lasting: false });
    const failed = expect(missed).rejects.toMatchObject({ name: 'OT_NOT_CONNECTED' });
    first.drops();
    await failed;
    expect(platform.server.types()).toEqual(['resume']);
    platform.server.frame({ reply: 2 });
    await got;
  });
});

describe('what piled up', () => {
  it('is sent in order and at the pace of the server', async () => {
    const { platform, signalling, first } = await join({
      pingIntervalMs: 10_000,
      pingTimeoutMs: 30_000,
    });
    platform.socketOpens = false;
    first.drops();
    const signal = (number: number): Promise<unknown> =>
      signalling.request('signal', { data: String(number) });
    const all = Array.from({ length: 300 }, (_, number) => signal(number));
    platform.server.opens();
    await settled();
    expect(platform.server.sent('signal')).toHaveLength(150);
    all.push(signal(300));
    platform.advance(1_000);
    expect(platform.server.sent('signal')).toHaveLength(190);
    platform.advance(3_000);
    await Promise.all(all);
    expect(platform.server.sent('signal').map(({ data }) => Number(data))).toEqual(
      Array.from({ length: 301 }, (_, number) => number),
    );
  });
});

describe('the watch over a socket', () => {
  it('pings at the pace of the server, tells what it has handled, and stays', async () => {
    const { platform, first, heard } = await join();
    await platform.pass(1_000);
    first.event('signal', { data: 'one' });
    await platform.pass(9_000);
    expect(first.sent('ping')).toHaveLength(10);
    // Of the frames before the second ping: the reply to the first, and the signal.
    expect(first.sent('ping').map(({ seq }) => seq)).toEqual([
      undefined,
      ...[2, 3, 4, 5, 6, 7, 8, 9, 10],
    ]);
    expect(heard).toEqual(['signal one']);
  });

  it('takes a silent socket for lost after the timeout of the server', async () => {
    const { platform, first, heard } = await join();
    first.reachable = false;
    platform.socketOpens = false;
    platform.advance(2_900);
    expect(heard).toEqual([]);
    platform.advance(100);
    expect(heard).toEqual(['interrupted']);
    first.drops();
    expect(heard).toEqual(['interrupted']);
  });

  it('does not count the silence of a page in the background, whose timers come late', () => {
    const platform = new LatePlatform();
    const heard: string[] = [];
    const keepAlive = new KeepAlive(
      platform,
      { pingIntervalMs: 10_000, pingTimeoutMs: 30_000 },
      () => heard.push('ping'),
      () => heard.push('silent'),
    );
    keepAlive.start();
    for (let minute = 0; minute < 3; minute++) {
      platform.lateBy(60_000);
      platform.tick();
      platform.advance(100);
      keepAlive.heard();
    }
    expect(heard).toEqual(['ping', 'ping', 'ping']);
    platform.lateBy(60_000);
    platform.tick();
    platform.advance(10_000);
    expect(heard).toEqual(['ping', 'ping', 'ping', 'ping', 'silent']);
  });

  it('asks at once when the network changed, and does not wait long for the answer', async () => {
    const { platform, first, heard } = await join({
      pingIntervalMs: 10_000,
      pingTimeoutMs: 30_000,
    });
    platform.changeNetwork();
    await platform.pass(4_000);
    expect(first.sent('ping')).toHaveLength(1);
    expect(heard).toEqual(['networkChanged']);
    first.reachable = false;
    platform.changeNetwork();
    await platform.pass(3_000);
    expect(heard).toEqual(['networkChanged', 'networkChanged', 'interrupted', 'resumed']);
  });

  it('ends with the session', async () => {
    const { platform, signalling, first, heard } = await join();
    signalling.close();
    platform.changeNetwork();
    await platform.pass(5_000);
    expect(first.types()).toEqual(['connect', 'disconnect']);
    expect(heard).toEqual([]);
  });
});
