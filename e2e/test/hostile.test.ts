import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Application } from '../src/application.js';
import { ApplicationServer } from '../src/application-server.js';
import { Chromium } from '../src/chromium.js';
import { eventually } from '../src/eventually.js';
import { faults, healthOf, ofStrangers } from '../src/health.js';
import { datagram, KINDS } from '../src/hostile/datagrams.js';
import { flood } from '../src/hostile/flood.js';
import { hostileAnswer, IcePeer } from '../src/hostile/ice-peer.js';
import { Random } from '../src/hostile/random.js';
import { damagedSdp, frontDoorJunk, strangeRequest } from '../src/hostile/text.js';
import { receptionsDuring } from '../src/measure.js';
import { Participant } from '../src/participant.js';
import { SignallingSocket } from '../src/signalling-socket.js';
import { use, useServer } from '../src/suite.js';

// Below the server's limit of messages a second, so that each one is looked at.
const REQUEST_PACE_MILLIS = 30;
const KNOCK_MILLIS = 20;

const server = useServer('hostile');

const stage = use(
  async () => {
    const application = Application.demoOf(server.current);
    const site = await ApplicationServer.start(server.current.url);
    const sessionId = await application.createSession();
    const browser = await Chromium.launch();
    const ada = await Participant.open('Ada', browser, site);
    const ben = await Participant.open('Ben', browser, site);
    const adasStream = await ada.join(application.invite(sessionId));
    await ben.join(application.invite(sessionId));
    await Promise.all([ada.receives(1), ben.receives(1)]);
    return { application, site, sessionId, browser, ada, ben, adasStream };
  },
  async ({ site, browser }) => {
    await browser.close();
    await site.stop();
  },
);

/** Runs `attack` and checks that the call went on as if nothing were, and that the server is well. */
async function undisturbed(random: Random, attack: () => Promise<unknown>): Promise<void> {
  const { ada, ben } = stage.current;
  const output = server.current.command;
  const linesBefore = (output.stdout + output.stderr).split('\n').length;

  const received = await receptionsDuring([ada, ben], attack);

  expect(received).toHaveLength(2);
  for (const reception of received) {
    const what = `${reception.subscription}, seed ${random.seed}`;
    expect(reception.framesPerSecond, what).toBeGreaterThanOrEqual(10);
    expect(reception.audioEnergy, `sound of ${what}`).toBeGreaterThan(0);
  }
  const health = await healthOf(server.current.url);
  expect(faults(health), `faults of ours, seed ${random.seed}`).toBe(0);
  const lines = (output.stdout + output.stderr).split('\n').length - linesBefore;
  expect(lines, 'junk is counted, not logged piece by piece').toBeLessThan(100);
  expect(output.stdout + output.stderr).not.toMatch(/OutOfMemoryError|StackOverflowError/);
}

describe('A call goes on undisturbed', () => {
  it('under junk of every kind at the media port', async () => {
    const { application, sessionId, adasStream } = stage.current;
    const random = Random.seeded(5764);
    const insider = await Intruder.subscribe(application, sessionId, adasStream);
    const before = await healthOf(application.url);
    let sent = 0;
    await undisturbed(random, async () => {
      sent = await flood({
        port: insider.peer.port,
        millis: 10_000,
        packetsPerSecond: 2_000,
        sources: 16,
        // Sources that pretend to be a peer which exists, without its password.
        next: () => datagram(random.pick(KINDS), random, insider.peer.credentials.serverUfrag),
      });
    });
    const after = await healthOf(application.url);
    // The rest named a peer that exists and was dropped, and counted, by its transport.
    expect(ofStrangers(after) - ofStrangers(before), `of ${sent} sent`).toBeGreaterThan(sent / 2);
    // The one whose name was abused is still served.
    await insider.peer.check();
    insider.leave();
  });

  it('under junk from an address that has passed ICE', async () => {
    const { application, sessionId, adasStream } = stage.current;
    const random = Random.seeded(9147);
    const insider = await Intruder.subscribe(application, sessionId, adasStream);
    await insider.peer.check();
    await undisturbed(random, async () => {
      for (let round = 0; round < 200; round++) {
        for (let count = 0; count < 20; count++) {
          insider.peer.send(datagram(random.pick(KINDS), random, 'evil'));
        }
        await delay(20);
      }
    });
    insider.leave();
  });

  it('under signalling requests that make no sense, in its own session', async () => {
    const { application, sessionId } = stage.current;
    const random = Random.seeded(3301);
    const socket = await SignallingSocket.join(application.url, application.invite(sessionId));
    await undisturbed(random, async () => {
      for (let count = 0; count < 200 && !socket.closing; count++) {
        socket.raw(strangeRequest(socket.takeId(), random));
        await delay(REQUEST_PACE_MILLIS);
      }
    });
    expect(socket.closing, `still connected, seed ${random.seed}`).toBeUndefined();
    expect(errorCodes(socket)).not.toContain('internal');
    expect(await socket.request('ping')).not.toHaveProperty('error');
    socket.close();
  });

  it('under damaged session descriptions', async () => {
    const { application, sessionId, ada } = stage.current;
    const random = Random.seeded(4566);
    const offer = await browsersOffer(ada);
    const socket = await SignallingSocket.join(application.url, application.invite(sessionId));
    const { streamId } = await socket.request('publish', { hasAudio: true, hasVideo: true });
    try {
      await undisturbed(random, async () => {
        for (let count = 0; count < 150; count++) {
          const sdp = damagedSdp(offer, random);
          const reply = await socket.request('publishOffer', {
            sdp,
            tracks: [
              { mid: '0', streamId },
              { mid: '1', streamId },
            ],
          });
          const code = (reply.error as { code?: string } | undefined)?.code;
          expect(
            ['bad_request', 'invalid_sdp', 'unsupported_media', undefined],
            `seed ${random.seed}, ${JSON.stringify(reply.error)} for\n${sdp.slice(0, 3_000)}`,
          ).toContain(code);
          await delay(REQUEST_PACE_MILLIS);
        }
      });
      expect(socket.closing, `still connected, seed ${random.seed}`).toBeUndefined();
    } finally {
      socket.close();
    }
    // Some of the damage was harmless: the others saw a stream come, and see it go.
    for (const person of [stage.current.ada, stage.current.ben]) {
      await eventually(
        `${person.name} is left with one subscription`,
        () => person.subscriptions(),
        (seen) => seen.length === 1,
      );
    }
  });

  it('under junk at the front doors', async () => {
    const random = Random.seeded(7230);
    await undisturbed(random, async () => {
      for (let count = 0; count < 300; count++) {
        await knock(server.current.httpPort, frontDoorJunk(random));
        await delay(10);
      }
    });
  });
});

/** Somebody with a valid token who is in the session only to harm it. */
class Intruder {
  private constructor(
    private readonly socket: SignallingSocket,
    readonly peer: IcePeer,
  ) {}

  static async subscribe(
    application: Application,
    sessionId: string,
    streamId: string,
  ): Promise<Intruder> {
    const socket = await SignallingSocket.join(application.url, application.invite(sessionId));
    await socket.request('subscribe', { streamId, audio: true, video: true });
    const offer = await socket.event('subscribeOffer');
    const sdp = String(offer.sdp);
    const answered = await socket.request('subscribeAnswer', {
      revision: offer.revision,
      sdp: hostileAnswer(sdp),
    });
    expect(answered).not.toHaveProperty('error');
    return new Intruder(socket, await IcePeer.of(sdp));
  }

  leave(): void {
    this.peer.close();
    this.socket.close();
  }
}

function errorCodes(socket: SignallingSocket): unknown[] {
  return socket.received.map((message) => (message.error as { code?: unknown } | undefined)?.code);
}

/** What a browser really offers for a simulcast camera and a microphone. */
function browsersOffer(participant: Participant): Promise<string> {
  return participant.tab.evaluate(async () => {
    const connection = new RTCPeerConnection();
    connection.addTransceiver('audio', { direction: 'sendonly' });
    connection.addTransceiver('video', {
      direction: 'sendonly',
      sendEncodings: [{ rid: 'q', scaleResolutionDownBy: 2 }, { rid: 'h' }],
    });
    const offer = await connection.createOffer();
    connection.close();
    return offer.sdp ?? '';
  });
}

/** Opens a connection, says `junk`, waits a moment for what comes and leaves. Fails when nobody listens. */
function knock(port: number, junk: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let connected = false;
    const done = () => {
      socket.destroy();
      resolve();
    };
    socket.once('connect', () => {
      connected = true;
      socket.write(junk);
      setTimeout(done, KNOCK_MILLIS);
    });
    socket.once('data', done);
    socket.once('close', done);
    socket.on('error', (error) => {
      // Once connected, the server may hang up on junk at any moment.
      if (!connected) reject(error);
    });
  });
}
