import type { Cancel, Platform } from '../platform.js';

/** Often enough to look alive, seldom enough to cost nothing. */
const INTERVAL_MS = 50;

/**
 * Measures a track's level until cancelled: `heard` gets its peak amplitude, 0 to 1, twenty times a second. Where the browser has no
 * audio graph nothing is measured.
 */
export function measureAudioLevel(
  platform: Platform,
  track: MediaStreamTrack,
  heard: (level: number) => void,
): Cancel {
  const context = platform.audioContext();
  if (!context) return () => undefined;
  const source = context.createMediaStreamSource(platform.newMediaStream([track]));
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const stop = platform.every(INTERVAL_MS, () => {
    analyser.getFloatTimeDomainData(samples);
    let peak = 0;
    for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
    heard(Math.min(1, peak));
  });
  return () => {
    stop();
    source.disconnect();
  };
}
