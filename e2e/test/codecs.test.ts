import { describe, expect, it } from 'vitest';
import { Application } from '../src/application.js';
import { ApplicationServer } from '../src/application-server.js';
import { Chromium } from '../src/chromium.js';
import { eventually } from '../src/eventually.js';
import { receptions, sending } from '../src/measure.js';
import type { EncoderLimits, PublishOptions } from '../src/page/hooks.js';
import { Participant } from '../src/participant.js';
import { use, useServer } from '../src/suite.js';

const LEAST_FRAMES_PER_SECOND = 8;
const MEDIA = { withinMillis: 30_000 };
const SMALL = { width: 320, height: 240 };
const FULL = { width: 640, height: 480 };

const server = useServer('codecs');

const stage = use(
  async () => {
    const application = Application.demoOf(server.current);
    const site = await ApplicationServer.start(server.current.url);
    const [onStage, audience] = await Promise.all([Chromium.launch(), Chromium.launch()]);
    return { application, site, onStage, audience };
  },
  async ({ site, onStage, audience }) => {
    await Promise.all([onStage.close(), audience.close()]);
    await site.stop();
  },
);

/** A publisher whose browser has no other encoders, and somebody who watches, while `use` runs. */
async function watched(
  limits: EncoderLimits,
  options: Partial<PublishOptions>,
  use: (publisher: Participant, viewer: Participant, streamId: string) => Promise<void>,
): Promise<void> {
  const { application, site, onStage, audience } = stage.current;
  const sessionId = await application.createSession();
  const publisher = await Participant.open('Ada', onStage, site);
  const viewer = await Participant.open('Ben', audience, site);
  await publisher.limitEncoders(limits);
  await publisher.connect(application.invite(sessionId));
  const streamId = await publisher.publish(options);
  await viewer.connect(application.invite(sessionId, { role: 'subscriber' }));
  try {
    await viewer.receives(1, MEDIA);
    await use(publisher, viewer, streamId);
    expect(publisher.problems).toEqual([]);
    expect(viewer.problems).toEqual([]);
  } finally {
    await Promise.all([publisher.close(), viewer.close()]);
  }
}

async function shows(viewer: Participant, size: { width: number; height: number }): Promise<void> {
  await eventually(
    `${viewer.name} sees ${size.width}x${size.height}`,
    () => viewer.subscriptions(),
    ([stats]) => stats?.frameWidth === size.width && stats.frameHeight === size.height,
    MEDIA,
  );
}

async function expectMovingPicture(viewer: Participant, what: string): Promise<void> {
  // A change of layers takes the network's measure first: the upper temporal layers come last.
  const [received] = await eventually(
    `${what} moves`,
    () => receptions([viewer], 3_000),
    ([reception]) => (reception?.framesPerSecond ?? 0) >= LEAST_FRAMES_PER_SECOND,
    { withinMillis: 15_000 },
  );
  console.log(`${what}: ${received?.framesPerSecond ?? 0} fps`);
}

describe('A publisher whose browser encodes one codec only', () => {
  it.each(['VP8', 'H264', 'VP9', 'AV1'])(
    'sends layers in %s, and the viewer gets the one that covers the wish',
    async (codec) => {
      await watched({ videoCodec: codec }, {}, async (publisher, viewer, streamId) => {
        await eventually(
          'two layers are sent',
          () => sending(publisher, 1_000),
          ({ activeLayers }) => activeLayers.length === 2,
          MEDIA,
        );
        await viewer.preferResolution(streamId, FULL);
        await shows(viewer, FULL);
        await expectMovingPicture(viewer, `${codec} in full size`);
        await viewer.preferResolution(streamId, SMALL);
        await shows(viewer, SMALL);
        await expectMovingPicture(viewer, `${codec} in small`);
        await viewer.preferResolution(streamId, FULL);
        await shows(viewer, FULL);
        const [stats] = await viewer.subscriptions();
        expect(stats?.videoCodec).toBe(codec);
      });
    },
    120_000,
  );

  it('sends three layers of a large picture', async () => {
    await watched(
      { videoCodec: 'VP8' },
      { resolution: '1280x720' },
      async (publisher, viewer, streamId) => {
        const seen: string[] = [];
        for (const size of [
          { width: 320, height: 180 },
          { width: 640, height: 360 },
          { width: 1280, height: 720 },
        ]) {
          await viewer.preferResolution(streamId, size);
          await shows(viewer, size);
          seen.push(`${size.width}x${size.height}`);
        }
        const { activeLayers } = await sending(publisher, 2_000);
        console.log(`layers ${activeLayers.join(', ')}; seen ${seen.join(', ')}`);
        expect(activeLayers).toHaveLength(3);
      },
    );
  }, 120_000);

  it.each(['VP9', 'AV1'])(
    'sends all layers of %s in one stream, and the viewer gets those that cover the wish',
    async (codec) => {
      await watched(
        { videoCodec: codec, scalabilityMode: 'L3T3_KEY' },
        { scalableVideo: false },
        async (publisher, viewer, streamId) => {
          await shows(viewer, FULL);
          await expectMovingPicture(viewer, `${codec} L3T3_KEY`);
          const { layers } = await publisher.uplink();
          console.log(`${codec}: ${layers.map((layer) => layer.scalabilityMode).join()}`);
          expect(layers).toHaveLength(1);
          expect(layers[0]?.scalabilityMode).toMatch(/^L[23]T3_KEY$/);
          const [stats] = await viewer.subscriptions();
          expect(stats?.videoCodec).toBe(codec);
          await viewer.preferResolution(streamId, SMALL);
          await shows(viewer, SMALL);
          await expectMovingPicture(viewer, `${codec} L3T3_KEY in small`);
          await viewer.preferResolution(streamId, FULL);
          await shows(viewer, FULL);
          await expectMovingPicture(viewer, `${codec} L3T3_KEY in full size again`);
        },
      );
    },
    120_000,
  );
});

describe('The sound of a publisher', () => {
  it.each<[string, EncoderLimits, boolean]>([
    ['arrives', {}, false],
    ['arrives with what it repeats in redundant data', { audioCodec: 'red' }, true],
  ])('%s', async (_, limits, isRedundant) => {
    await watched(limits, {}, async (_publisher, viewer) => {
      const [before] = await viewer.subscriptions();
      const [received] = await receptions([viewer], 3_000);
      const [after] = await viewer.subscriptions();
      const packets = (after?.audioPackets ?? 0) - (before?.audioPackets ?? 0);
      const redundant = (after?.audioPacketsDiscarded ?? 0) - (before?.audioPacketsDiscarded ?? 0);
      console.log(`${packets} packets of sound, ${redundant} of them or in them not needed`);
      expect(received?.audioEnergy).toBeGreaterThan(0);
      if (isRedundant) expect(redundant).toBeGreaterThan(packets / 2);
      else expect(redundant).toBeLessThan(packets / 4);
    });
  });
});
