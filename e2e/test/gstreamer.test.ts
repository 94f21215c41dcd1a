import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { Application } from '../src/application.js';
import { ApplicationServer } from '../src/application-server.js';
import { Chromium } from '../src/chromium.js';
import { eventually } from '../src/eventually.js';
import { GStreamerPeer, type PeerState } from '../src/gstreamer-peer.js';
import { receptions } from '../src/measure.js';
import { Participant } from '../src/participant.js';
import { SignallingSocket } from '../src/signalling-socket.js';
import { use, useServer } from '../src/suite.js';

const MEDIA = { withinMillis: 20_000 };
const LEAST_FRAMES_PER_SECOND = 10;
// A tone of 0.3 full scale or more, after Opus.
const AUDIBLE = 3_000;

const server = useServer('gstreamer');

const stage = use(
  async () => {
    const site = await ApplicationServer.start(server.current.url);
    const browser = await Chromium.launch();
    const application = Application.demoOf(server.current);
    return { application, site, browser };
  },
  async ({ site, browser }) => {
    await browser.close();
    await site.stop();
  },
);

describe('A WebRTC peer that is no browser, GStreamer’s webrtcbin', () => {
  const peers: GStreamerPeer[] = [];
  const newPeer = (name: string): GStreamerPeer => {
    const peer = new GStreamerPeer(name);
    peers.push(peer);
    return peer;
  };

  afterEach(async () => {
    await Promise.all(peers.splice(0).map((peer) => peer.stop()));
  });

  it('decodes pictures and sound of a Chromium', async () => {
    const { application, site, browser } = stage.current;
    const sessionId = await application.createSession();
    const cleo = await Participant.open('Cleo', browser, site);
    const streamId = await cleo.join(application.invite(sessionId));
    const socket = await SignallingSocket.join(server.current.url, application.invite(sessionId));
    const peer = newPeer('subscriber');

    const subscribed = await socket.request('subscribe', { streamId, audio: true, video: true });
    expect(subscribed.error).toBeUndefined();
    const offer = await socket.event('subscribeOffer');
    const sdp = await peer.answer(String(offer.sdp));
    const answered = await socket.request('subscribeAnswer', { revision: offer.revision, sdp });
    expect(answered.error).toBeUndefined();

    await eventually(
      'GStreamer decodes a large picture and hears something',
      () => peer.state(),
      ({ video: [picture], audio: [sound] }) =>
        (picture?.width ?? 0) === 640 && (sound?.peak ?? 0) > AUDIBLE,
      MEDIA,
    );
    const moving = await framesPerSecond(peer);
    console.log(`GStreamer from Chromium: ${moving} fps`);
    expect(moving).toBeGreaterThanOrEqual(LEAST_FRAMES_PER_SECOND);
    socket.close();
    await cleo.close();
  });

  it('is seen and heard by a Chromium, also by one that comes late', async () => {
    const { application, site, browser } = stage.current;
    const sessionId = await application.createSession();
    const cleo = await Participant.open('Cleo', browser, site);
    await cleo.connect(application.invite(sessionId));
    const socket = await SignallingSocket.join(server.current.url, application.invite(sessionId));
    const peer = newPeer('publisher');

    const { streamId } = await socket.request('publish', {
      name: 'GStreamer',
      videoType: 'camera',
      hasAudio: true,
      hasVideo: true,
    });
    const sdp = await peer.publish();
    const tracks = [...sdp.matchAll(/^a=mid:(\S+)/gm)].map(([, mid]) => ({ mid, streamId }));
    expect(tracks).toHaveLength(2);
    const answer = await socket.request('publishOffer', { sdp, tracks });
    expect(answer.error).toBeUndefined();
    await peer.accept(String(answer.sdp));

    await expectPictureAndSound(cleo);
    const late = await Participant.open('Late', browser, site);
    await late.connect(application.invite(sessionId));
    await expectPictureAndSound(late);
    socket.close();
    await cleo.hears('streamDestroyed', { streamId, reason: 'clientDisconnected' });
    await Promise.all([cleo.close(), late.close()]);
  });
});

async function expectPictureAndSound(participant: Participant): Promise<void> {
  await participant.receives(1, MEDIA);
  const [shown] = await participant.subscriptions();
  expect(shown).toMatchObject({ name: 'GStreamer', frameWidth: 640, frameHeight: 360 });
  const [received] = await receptions([participant], 3_000);
  console.log(`${received?.subscription ?? 'nothing'}: ${received?.framesPerSecond ?? 0} fps`);
  expect(received?.framesPerSecond).toBeGreaterThanOrEqual(LEAST_FRAMES_PER_SECOND);
  expect(received?.audioEnergy).toBeGreaterThan(0);
}

async function framesPerSecond(peer: GStreamerPeer): Promise<number> {
  const frames = ({ video: [picture] }: PeerState) => picture?.frames ?? 0;
  const start = performance.now();
  const before = frames(await peer.state());
  await delay(3_000);
  const after = frames(await peer.state());
  return Math.round(((after - before) * 10_000) / (performance.now() - start)) / 10;
}
