import { afterEach, describe, expect, it, vi } from 'vitest';
import { unblockAudio, VideoView } from '../src/ui/video-view.js';
import { newPublisher } from './fakes/joined.js';
import { FakePlatform, settled } from './fakes/platform.js';

/** An audio graph in which everything has the amplitude `level`. */
function audioGraph(level: number): { context: AudioContext; sources: () => number } {
  let sources = 0;
  const context = {
    createMediaStreamSource: () => {
      sources++;
      return { connect: () => undefined, disconnect: () => sources-- };
    },
    createAnalyser: () => ({
      fftSize: 2048,
      getFloatTimeDomainData: (samples: Float32Array) => samples.fill(-level),
    }),
  };
  return { context: context as unknown as AudioContext, sources: () => sources };
}

describe('the audio level', () => {
  it('is measured only while somebody listens', async () => {
    const platform = new FakePlatform();
    const { context, sources } = audioGraph(0.5);
    platform.context = context;
    const publisher = newPublisher(platform);
    await settled();
    expect(sources()).toBe(0);
    const levels: number[] = [];
    publisher.on('audioLevelUpdated', (e) => levels.push(e.audioLevel));
    expect(sources()).toBe(1);
    platform.advance(100);
    await settled();
    expect(levels).toEqual([0.5, 0.5]);
    publisher.off('audioLevelUpdated');
    expect(sources()).toBe(0);
    platform.advance(1000);
    await settled();
    expect(levels).toHaveLength(2);
  });

  it('moves the meter while there is no picture', async () => {
    const platform = new FakePlatform();
    const { context, sources } = audioGraph(1);
    platform.context = context;
    const publisher = newPublisher(platform, { videoSource: null });
    await settled();
    platform.advance(50);
    const value = publisher.element?.querySelector<HTMLElement>('.OT_audio-level-meter__value');
    expect(value?.style.width).toBe('200%');
    publisher.setStyle('audioLevelDisplayMode', 'off');
    expect(sources()).toBe(0);
    publisher.setStyle('audioLevelDisplayMode', 'on');
    publisher.destroy();
    expect(sources()).toBe(0);
  });
});

describe('sound that the browser blocks', () => {
  const blocked: boolean[] = [];

  function view(): VideoView {
    blocked.length = 0;
    return new VideoView({ audible: true, sound: true }, 'Ada', {
      firstFrame: () => undefined,
      resized: () => undefined,
      audioBlocked: (is) => blocked.push(is),
      failed: () => undefined,
    });
  }

  function autoplayPolicy({ allowsSound }: { allowsSound: boolean }): void {
    vi.spyOn(HTMLMediaElement.prototype, 'play').mockImplementation(function (
      this: HTMLMediaElement,
    ) {
      return allowsSound || this.muted
        ? Promise.resolve()
        : Promise.reject(new DOMException('no gesture', 'NotAllowedError'));
    });
  }

  afterEach(() => unblockAudio());

  it('leaves the picture playing, and plays after unblockAudio', async () => {
    const it = view();
    autoplayPolicy({ allowsSound: false });
    await it.play({} as MediaStream);
    expect([it.isBlocked(), it.element.muted, blocked]).toEqual([true, true, [true]]);
    autoplayPolicy({ allowsSound: true });
    await unblockAudio();
    expect([it.isBlocked(), it.element.muted, blocked]).toEqual([false, false, [true, false]]);
  });

  it('stays blocked when unblockAudio comes without a gesture', async () => {
    const it = view();
    autoplayPolicy({ allowsSound: false });
    await it.play({} as MediaStream);
    await unblockAudio();
    expect([it.isBlocked(), it.element.muted, blocked]).toEqual([true, true, [true]]);
    it.dispose();
    expect(it.isBlocked()).toBe(false);
  });

  it('is not blocked when the element is merely taken away', async () => {
    const it = view();
    vi.spyOn(HTMLMediaElement.prototype, 'play').mockRejectedValue(
      new DOMException('removed', 'AbortError'),
    );
    await it.play({} as MediaStream);
    expect(blocked).toEqual([]);
  });
});
