// From session.connect() to the first decoded picture of a subscriber that comes to a running call, in Chromium, by the library's public API.
import process from 'node:process';
import { chromium } from 'playwright-core';
import { median, startServer } from './server.mjs';

const RUNS = 20;
const [root] = process.argv.slice(2);
const server = await startServer(root);
const api = async (path, body) => {
  const response = await fetch(server.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return response.json();
};
const { meetingId } = await api('/meet/api/meetings', {});
const ticket = () => api(`/meet/api/meetings/${meetingId}/tokens`, { name: 'bench' });

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    '--autoplay-policy=no-user-gesture-required',
  ],
});
const open = async () => {
  const page = await browser.newPage();
  await page.goto(`${server.url}/health`);
  await page.addScriptTag({ url: `${server.url}/client/sluice.js` });
  return page;
};

const publisher = await open();
await publisher.evaluate(
  ([serverUrl, { applicationId, sessionId, token }]) =>
    new Promise((resolve, reject) => {
      const session = window.OT.initSession(applicationId, sessionId, { serverUrl });
      session.connect(token, (error) => {
        if (error) return reject(error);
        const camera = window.OT.initPublisher(undefined, { resolution: '640x480', frameRate: 15 });
        session.publish(camera, {}, (fault) => (fault ? reject(fault) : resolve()));
      });
    }),
  [server.url, await ticket()],
);

const times = [];
for (let i = 0; i < RUNS; i++) {
  const page = await open();
  times.push(
    await page.evaluate(
      ([serverUrl, { applicationId, sessionId, token }]) =>
        new Promise((resolve, reject) => {
          const session = window.OT.initSession(applicationId, sessionId, { serverUrl });
          const startedAt = performance.now();
          session.on('streamCreated', ({ stream }) => {
            const subscriber = session.subscribe(stream, undefined, { insertDefaultUI: false });
            subscriber.on('videoElementCreated', ({ element }) => {
              document.body.append(element);
              element.requestVideoFrameCallback(() => resolve(performance.now() - startedAt));
            });
          });
          session.connect(token, (error) => error && reject(error));
          setTimeout(() => reject(new Error('no picture within 20 s')), 20_000);
        }),
      [server.url, await ticket()],
    ),
  );
  await page.close();
}
await browser.close();
await server.stop();
console.log(
  `\n| connect to first decoded picture, ${RUNS} runs | median ms | worst ms |\n|---|---|---|`,
);
console.log(
  `| 640x480, late joiner | ${median(times).toFixed(0)} | ${Math.max(...times).toFixed(0)} |`,
);
