import { afterEach, beforeEach, vi } from 'vitest';
import { setLogLevel } from '../src/logging.js';

// jsdom plays no media and has no WebRTC: the least that lets the library's own logic run.
HTMLMediaElement.prototype.play = () => Promise.resolve();
Reflect.set(globalThis, 'RTCRtpSender', {
  getCapabilities: () => ({
    codecs: [{ mimeType: 'video/H264' }, { mimeType: 'video/VP8' }, { mimeType: 'video/rtx' }],
  }),
});

beforeEach(() => {
  setLogLevel(0);
});

afterEach(() => {
  document.body.replaceChildren();
  vi.restoreAllMocks();
});
