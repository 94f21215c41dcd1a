// Takes a picture of every state of the page in a running harness: npm run screenshots [folder] [names…]
import { mkdirSync } from 'node:fs';
import process from 'node:process';
import { chromium } from 'playwright-core';

const [folder = 'target/screenshots', ...only] = process.argv.slice(2);
const BASE = 'http://localhost:5179/';
const SIZES = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };

const join = async (page) => {
  await page.getByTestId('name-input').fill('Ada Lovelace');
  await page.waitForTimeout(300);
  await page.getByTestId('join').click();
};
const inRoom = async (page) => {
  await join(page);
  await page.waitForSelector('[data-screen=room] .tile');
  await page.waitForTimeout(900);
};
const room = (script) => async (page) => {
  await inRoom(page);
  await page.evaluate(script);
  await page.waitForTimeout(300);
};
const SPEAK = `harness.openTok.present[0] && harness.openTok.session.subscriberOf(harness.openTok.present[0]).emit('audioLevelUpdated', {audioLevel: .3})`;
const LEAD = `harness.openTok.session.speak(harness.openTok.present[0].stream)`;
const CHAT = `(() => { const {session, present} = harness.openTok; const [a, b] = present;
  session.hear(a.connection, 'Good morning! Can everyone hear me?');
  session.hear(b.connection, 'Loud and clear.');
  session.hear(session.connection, 'Yes. I have put the agenda here: https://example.com/agenda');
  session.hear(a.connection, 'Thank you');
  session.hear(a.connection, 'Then let us begin with the list of open questions, there are quite a few of them this week and I would like to get through all.');
  session.hear(null, 'The recording has started.'); })()`;

const SCREEN = `(() => { const {session, present} = harness.openTok;
  session.send(new harness.Person('Slides', 500, {connection: present[0].connection, videoType: 'screen', hasAudio: false})); })()`;

const STATES = {
  landing: ['', async () => {}],
  'landing-problem': ['?api=down', async (page) => page.getByTestId('start-meeting').click()],
  lobby: ['#brook-amber-42', async (page) => page.getByTestId('name-input').fill('Ada Lovelace')],
  'lobby-camera-off': [
    '#brook-amber-42',
    async (page) => {
      await page.getByTestId('name-input').fill('Ada Lovelace');
      await page.getByTestId('toggle-video').click();
      await page.getByTestId('toggle-audio').click();
    },
  ],
  'lobby-starting': ['?media=starting#brook-amber-42', async () => {}],
  'lobby-denied': ['?media=denied#brook-amber-42', async () => {}],
  'lobby-insecure': ['?media=insecure#brook-amber-42', async () => {}],
  'lobby-unreachable': ['?api=down#brook-amber-42', join],
  'not-found': ['?api=unknown#brook-amber-42', async () => {}],
  unsupported: ['?unsupported', async () => {}],
  alone: ['#brook-amber-42', inRoom],
  'room-2': ['?people=1#brook-amber-42', room(SPEAK)],
  'room-3': ['?people=2#brook-amber-42', room(SPEAK)],
  'room-5': ['?people=4#brook-amber-42', room(SPEAK)],
  'room-9': ['?people=8#brook-amber-42', room(SPEAK)],
  'room-16': ['?people=15#brook-amber-42', room(SPEAK)],
  'room-no-media': ['?people=2&media=denied#brook-amber-42', inRoom],
  'chat-unread': ['?people=3#brook-amber-42', room(CHAT)],
  chat: [
    '?people=3#brook-amber-42',
    async (page) => {
      await room(CHAT)(page);
      await page.getByTestId('chat-toggle').click();
      await page.waitForTimeout(300);
    },
  ],
  'chat-empty': [
    '?people=3#brook-amber-42',
    async (page) => {
      await inRoom(page);
      await page.getByTestId('chat-toggle').click();
      await page.waitForTimeout(300);
    },
  ],
  'stage-4': ['?people=3#brook-amber-42', room(SCREEN)],
  'stage-16': ['?people=15#brook-amber-42', room(SCREEN)],
  sharing: [
    '?people=3#brook-amber-42',
    async (page) => {
      await inRoom(page);
      await page.getByTestId('toggle-screen').click();
      await page.waitForTimeout(400);
    },
  ],
  devices: [
    '?people=3#brook-amber-42',
    async (page) => {
      await inRoom(page);
      await page.getByTestId('devices-toggle').click();
      await page.waitForTimeout(400);
    },
  ],
  'others-away': [
    '?people=3#brook-amber-42',
    room(
      `(() => { const {session, present} = harness.openTok; session.subscriberOf(present[0]).emit('disconnected', {}); session.subscriberOf(present[1]).emit('videoDisabled', {reason: 'quality'}); session.subscriberOf(present[2]).emit('videoDisabled', {reason: 'codecNotSupported'}); })()`,
    ),
  ],
  'weak-network': [
    '?people=5#brook-amber-42',
    room(
      `(() => { const {session, present, publishers} = harness.openTok; publishers[0].emit('videoDisabled', {reason: 'quality'}); session.subscriberOf(present[0]).emit('videoDisabled', {reason: 'quality'}); session.subscriberOf(present[2]).emit('videoDisableWarning', {}); session.change(present[4], {hasVideo: false}); session.subscriberOf(present[4]).emit('videoDisabled', {reason: 'quality'}); })()`,
    ),
  ],
  'weak-network-2': [
    '?people=1#brook-amber-42',
    room(
      `(() => { const {session, present} = harness.openTok; session.subscriberOf(present[0]).emit('videoDisabled', {reason: 'quality'}); })()`,
    ),
  ],
  'speaker-16': ['?people=15#brook-amber-42', room(SPEAK + ';' + LEAD)],
  reconnecting: [
    '?people=2#brook-amber-42',
    room(`harness.openTok.session.emit('sessionReconnecting', {})`),
  ],
  left: [
    '?people=2#brook-amber-42',
    async (page) => {
      await inRoom(page);
      await page.getByTestId('leave').click();
    },
  ],
  lost: [
    '?people=2#brook-amber-42',
    room(`harness.openTok.session.emit('sessionDisconnected', {reason: 'networkDisconnected'})`),
  ],
};

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--autoplay-policy=no-user-gesture-required',
  ],
});
for (const [size, viewport] of Object.entries(SIZES)) {
  for (const colorScheme of ['light', 'dark']) {
    const context = await browser.newContext({
      viewport,
      colorScheme,
      reducedMotion: 'no-preference',
    });
    for (const [name, [address, act]] of Object.entries(STATES)) {
      if (only.length > 0 && !only.includes(name)) continue;
      const page = await context.newPage();
      page.on('pageerror', (error) => process.stderr.write(`${name}: ${error.message}\n`));
      await page.goto(BASE + address);
      await page.waitForSelector('[data-screen]');
      await act(page);
      await page.waitForTimeout(350);
      await page.screenshot({ path: `${folder}/${name}-${size}-${colorScheme}.png` });
      await page.close();
    }
    await context.close();
  }
}
await browser.close();
