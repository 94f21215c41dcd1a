import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  activeAudioOutput,
  listAudioOutputs,
  playOnOutput,
  stopPlayingOnOutput,
  useAudioOutput,
} from '../src/media/audio-output.js';
import { FakePlatform, settled } from './fakes/platform.js';

const platform = new FakePlatform();
const SPEAKER = { deviceId: 'speaker1', label: 'speaker1 label' };

class FakeOutput {
  sinkId = '';
  refuse: Error | undefined;

  setSinkId(id: string): Promise<void> {
    if (this.refuse) return Promise.reject(this.refuse);
    this.sinkId = id;
    return Promise.resolve();
  }

  asElement(): HTMLMediaElement {
    return this as unknown as HTMLMediaElement;
  }
}

function playing(): FakeOutput {
  const element = new FakeOutput();
  playOnOutput(element.asElement());
  return element;
}

describe('the audio output', () => {
  beforeEach(() => {
    Reflect.set(HTMLMediaElement.prototype, 'setSinkId', vi.fn());
  });

  afterEach(async () => {
    await useAudioOutput(platform, 'default');
    Reflect.deleteProperty(HTMLMediaElement.prototype, 'setSinkId');
  });

  it('lists loudspeakers only', async () => {
    expect(await listAudioOutputs(platform)).toEqual([SPEAKER]);
    expect(await activeAudioOutput(platform)).toEqual({ deviceId: 'default', label: '' });
  });

  it('is the same for what plays and what will play', async () => {
    const before = playing();
    await useAudioOutput(platform, 'speaker1');
    const after = playing();
    await settled();
    expect([before.sinkId, after.sinkId]).toEqual(['speaker1', 'speaker1']);
    expect(await activeAudioOutput(platform)).toEqual(SPEAKER);
    stopPlayingOnOutput(before.asElement());
    await useAudioOutput(platform, 'default');
    expect([before.sinkId, after.sinkId]).toEqual(['speaker1', '']);
    stopPlayingOnOutput(after.asElement());
  });

  it('stays the same everywhere when one element can not follow', async () => {
    const [good, bad] = [playing(), playing()];
    bad.refuse = new DOMException('no', 'NotAllowedError');
    await expect(useAudioOutput(platform, 'speaker1')).rejects.toMatchObject({
      name: 'OT_USER_MEDIA_ACCESS_DENIED',
    });
    expect(good.sinkId).toBe('');
    expect((await activeAudioOutput(platform)).deviceId).toBe('default');
    stopPlayingOnOutput(good.asElement());
    stopPlayingOnOutput(bad.asElement());
  });

  it('is refused when there is none of that id, or no choice in this browser', async () => {
    await expect(useAudioOutput(platform, 'elsewhere')).rejects.toMatchObject({
      name: 'OT_NO_DEVICES_FOUND',
    });
    Reflect.deleteProperty(HTMLMediaElement.prototype, 'setSinkId');
    await expect(useAudioOutput(platform, 'speaker1')).rejects.toMatchObject({
      name: 'OT_NOT_SUPPORTED',
    });
    Reflect.set(HTMLMediaElement.prototype, 'setSinkId', vi.fn());
  });
});
