import { afterEach, beforeEach, vi } from 'vitest';
import { setLogLevel } from '../src/logging.js';

// jsdom plays no media and has no WebRTC: the least that lets the library's own logic run.
if (typeof HTMLMediaElement === 'function')
  HTMLMediaElement.prototype.play = () => Promise.resolve();
for (const name of ['RTCRtpSender', 'RTCRtpReceiver']) {
  Reflect.set(globalThis, name, {
    getCapabilities: () => ({
      codecs: [{ mimeType: 'video/H264' }, { mimeType: 'video/VP8' }, { mimeType: 'video/rtx' }],
    }),
  });
}

beforeEach(() => {
  setLogLevel(0);
});

afterEach(() => {
  if (typeof document === 'object') document.body.replaceChildren();
  vi.restoreAllMocks();
});
