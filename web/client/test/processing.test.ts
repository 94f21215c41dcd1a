import { describe, expect, it } from 'vitest';
import { canProcess, type MediaProcessorConnector } from '../src/media/filters.js';
import { TrackSlot } from '../src/media/track-slot.js';
import { FakeConnector } from './fakes/connector.js';
import { joinSession, newPublisher, publish } from './fakes/joined.js';
import { FakeStream, FakeTrack } from './fakes/media.js';
import { FakePlatform, settled } from './fakes/platform.js';

function slot(): { slot: TrackSlot; shown: () => string[] } {
  const stream = new FakeStream([]);
  return {
    slot: new TrackSlot(stream as unknown as MediaStream, () => undefined),
    shown: () => stream.getTracks().map(({ id }) => id),
  };
}

const camera = (): FakeTrack => new FakeTrack('video', 'camera');

describe('a track slot', () => {
  it('shows what the processor makes of its track, and of the next', async () => {
    const { slot: it, shown } = slot();
    const connector = new FakeConnector();
    const first = camera();
    await it.adopt(first.asTrack(), 'opened');
    expect(shown()).toEqual(['camera']);
    await it.process(connector);
    expect(shown()).toEqual(['processed-camera']);
    expect(it.source).toBe(first);
    await it.adopt(new FakeTrack('video', 'other').asTrack(), 'opened');
    expect(shown()).toEqual(['processed-other']);
    expect(first.readyState).toBe('ended');
    await it.process(undefined);
    expect(shown()).toEqual(['other']);
    expect(connector.destroyed).toBe(1);
  });

  it('shows nothing rather than unprocessed pictures when a processor fails', async () => {
    const { slot: it, shown } = slot();
    const connector = new FakeConnector();
    await it.process(connector);
    connector.refuse = new Error('no model');
    const track = camera();
    await expect(it.adopt(track.asTrack(), 'opened')).rejects.toThrow('no model');
    expect(shown()).toEqual([]);
    expect(track.readyState).toBe('ended');
  });

  it('stays as it was when a new processor fails', async () => {
    const { slot: it, shown } = slot();
    const [good, bad] = [new FakeConnector(), new FakeConnector()];
    bad.refuse = new Error('no model');
    await it.adopt(camera().asTrack(), 'opened');
    await it.process(good);
    await expect(it.process(bad)).rejects.toThrow('no model');
    expect(shown()).toEqual(['processed-camera']);
    expect(good.destroyed).toBe(0);
  });

  it('ends its processor with itself, also one that fails at that', async () => {
    const { slot: it, shown } = slot();
    const connector = new FakeConnector();
    connector.destroy = () => {
      throw new Error('not now');
    };
    const given = camera();
    await it.process(connector);
    await it.adopt(given.asTrack(), 'given');
    it.dispose();
    await settled();
    expect([shown(), given.readyState]).toEqual([[], 'live']);
  });

  it('mutes the processed track too', async () => {
    const { slot: it } = slot();
    const connector = new FakeConnector();
    const microphone = new FakeTrack('audio', 'microphone');
    it.setEnabled(false);
    await it.adopt(microphone.asTrack(), 'opened');
    await it.process(connector);
    expect([microphone.enabled, connector.made[0]?.enabled]).toEqual([false, false]);
    it.setEnabled(true);
    expect([microphone.enabled, connector.made[0]?.enabled]).toEqual([true, true]);
  });
});

describe('a publisher with a media processor', () => {
  it('sends the processed tracks and still names the devices', async () => {
    const joined = await joinSession();
    const { publisher, pc } = await publish(joined);
    const connector = new FakeConnector();
    await publisher.setVideoMediaProcessorConnector(connector);
    await publisher.setAudioMediaProcessorConnector(new FakeConnector());
    const sent = (): unknown[] => pc.transceivers.map(({ sender }) => sender.track?.id);
    expect(sent()).toEqual(['processed-audio1', 'processed-video2']);
    expect(publisher.getVideoSource().track?.id).toBe('video2');
    expect(publisher.getAudioSource()?.id).toBe('audio1');
    await publisher.publishVideo.promise(false);
    expect(sent()[1]).toBeUndefined();
    await publisher.publishVideo.promise(true);
    expect(sent()[1]).toBe('processed-video3');
    await publisher.setVideoMediaProcessorConnector(null);
    expect(sent()[1]).toBe('video3');
    expect(connector.destroyed).toBe(1);
  });

  it('refuses what is no connector, and a medium it does not have', async () => {
    const publisher = newPublisher(new FakePlatform(), { audioSource: null });
    await expect(
      publisher.setVideoMediaProcessorConnector({} as MediaProcessorConnector),
    ).rejects.toMatchObject({ name: 'OT_INVALID_PARAMETER' });
    await expect(
      publisher.setAudioMediaProcessorConnector(new FakeConnector()),
    ).rejects.toMatchObject({ name: 'OT_NOT_SUPPORTED' });
    const connector = new FakeConnector();
    connector.refuse = new Error('no model');
    await expect(publisher.setVideoMediaProcessorConnector(connector)).rejects.toMatchObject({
      name: 'OT_UNEXPECTED_ERROR_CODE',
      cause: connector.refuse,
    });
  });

  it('is told that filters are not built in', async () => {
    const publisher = newPublisher(new FakePlatform(), {
      audioFilter: { type: 'advancedNoiseSuppression' },
    });
    await publisher.prepared();
    const refused = { name: 'OT_NOT_SUPPORTED' };
    await expect(publisher.applyVideoFilter({ type: 'backgroundBlur' })).rejects.toMatchObject(
      refused,
    );
    await expect(publisher.applyAudioFilter({ type: 'x' })).rejects.toMatchObject(refused);
    await publisher.clearVideoFilter();
    await publisher.clearAudioFilter();
    expect([publisher.getVideoFilter(), publisher.getAudioFilter()]).toEqual([null, null]);
  });

  it('captures nothing when it was to hide the background and can not', async () => {
    const platform = new FakePlatform();
    const publisher = newPublisher(platform, { videoFilter: { type: 'backgroundBlur' } });
    await expect(publisher.prepared()).rejects.toMatchObject({ name: 'OT_NOT_SUPPORTED' });
    expect(platform.devices.requests).toEqual([]);
  });
});

describe('processing', () => {
  it('is offered where the browser has what connectors need', () => {
    expect(canProcess({})).toBe(false);
    expect(canProcess({ MediaStreamTrackProcessor: 1, MediaStreamTrackGenerator: 1 })).toBe(true);
  });
});
