import { afterEach, beforeEach, expect, test } from 'vitest';
import { PageUnderTest } from './pageUnderTest.js';
import { FakePerson, namedError } from './fakes/openTok.js';

let ui: PageUnderTest;

beforeEach(() => {
  ui = new PageUnderTest();
});
afterEach(() => {
  ui.remove();
});

async function inRoom(...others: FakePerson[]): Promise<void> {
  ui.openTok.present.push(...others);
  await ui.visit('#brook-amber-42');
  await ui.type('name-input', 'Ada');
  await ui.press('join');
}

test('a meeting is started from the first screen and prepared under its own address', async () => {
  await ui.visit('');
  await ui.type('name-input', 'Ada');
  await ui.press('start-meeting');

  expect(ui.screen).toBe('lobby');
  expect(ui.address.hash).toBe('#started-1');
  expect(ui.value('name-input')).toBe('Ada');
});

test('a pasted link leads to its meeting', async () => {
  await ui.visit('');
  await ui.type('code-input', 'https://video.example.com/#brook-amber-42');
  await ui.press('open-meeting');

  expect(ui.screen).toBe('lobby');
  expect(ui.address.hash).toBe('#brook-amber-42');
});

test('something else pasted is refused with a hint', async () => {
  await ui.visit('');
  await ui.type('code-input', 'hello there');
  await ui.press('open-meeting');

  expect(ui.screen).toBe('landing');
  expect(ui.text('problem')).toContain('not a meeting code or link');
});

test('while the server is away the first screen says so and lets one try again', async () => {
  ui.answers.start = undefined;
  await ui.visit('');
  await ui.press('start-meeting');
  expect(ui.text('problem')).toContain('can’t be reached');

  ui.answers.start = Response.json({ meetingId: 'started-2' }, { status: 201 });
  await ui.press('start-meeting');
  expect(ui.address.hash).toBe('#started-2');
});

test('a server without meetings of its own says so', async () => {
  ui.answers.start = Response.json({ code: 'not_found' }, { status: 404 });
  await ui.visit('');
  await ui.press('start-meeting');

  expect(ui.screen).toBe('landing');
  expect(ui.text('problem')).toContain('does not start meetings');
});

test('joining enters the session of the ticket and publishes', async () => {
  await inRoom();

  expect(ui.screen).toBe('room');
  expect(ui.asked).toContainEqual(['/meet/api/meetings/brook-amber-42/tokens', { name: 'Ada' }]);
  expect(ui.openTok.session.entry).toEqual({
    applicationId: 'app',
    sessionId: 'session',
    serverUrl: 'https://video.example.com/',
  });
  expect(ui.openTok.session.token).toBe('token');
  expect(ui.openTok.session.published).toEqual([ui.openTok.publisher]);
});

test('what the preview shows goes on in the meeting, without opening the devices again', async () => {
  await inRoom();

  expect(ui.openTok.publishers).toHaveLength(1);
  expect(ui.openTok.publisher.destroyed).toBe(false);
  expect(ui.tile('Ada').querySelector('video')).not.toBeNull();
});

test('one does not join without a name', async () => {
  await ui.visit('#brook-amber-42');
  await ui.type('name-input', '   ');
  await ui.press('join');

  expect(ui.screen).toBe('lobby');
  expect(ui.text('problem')).toContain('Enter your name');
  expect(ui.asked).toEqual([]);
});

test('what was chosen before joining holds in the meeting', async () => {
  await ui.visit('#brook-amber-42');
  await ui.type('name-input', 'Ada');
  await ui.select('camera-select', 'cam-2');
  await ui.press('toggle-audio');
  await ui.press('toggle-video');
  await ui.press('join');

  expect(ui.openTok.publisher).toMatchObject({ cameraId: 'cam-2', audio: false, video: false });
  expect(ui.tile('Ada').dataset).toMatchObject({ video: 'false', audio: 'false', self: 'true' });
});

test('a device that can’t be used is said so, and the old one stays', async () => {
  await ui.visit('#brook-amber-42');
  ui.openTok.publisher.sourceFault = new Error('busy');
  await ui.select('camera-select', 'cam-2');

  expect(ui.text('problem')).toContain('That camera can’t be used: busy');
  await ui.type('name-input', 'Ada');
  await ui.press('join');
  expect(ui.openTok.publisher.properties.videoSource).toBe(true);
});

test('a link to no meeting is told at once, and the devices are let go', async () => {
  ui.answers.find = Response.json({ code: 404 }, { status: 404 });
  await ui.visit('#brook-amber-42');

  expect(ui.screen).toBe('notFound');
  expect(ui.openTok.publisher.destroyed).toBe(true);
});

test('a server that is away at first leaves the preview on', async () => {
  ui.answers.find = undefined;
  await ui.visit('#brook-amber-42');

  expect(ui.screen).toBe('lobby');
  expect(ui.openTok.publisher.destroyed).toBe(false);
});

test('a meeting that is gone when one joins is not found', async () => {
  ui.answers.enter = Response.json({ code: 'meeting_not_found' }, { status: 404 });
  await inRoom();

  expect(ui.screen).toBe('notFound');
  expect(ui.openTok.publisher.destroyed).toBe(true);
});

test('a server that is away keeps one in the lobby, with the preview on', async () => {
  ui.answers.enter = undefined;
  await inRoom();

  expect(ui.screen).toBe('lobby');
  expect(ui.text('problem')).toContain('can’t be reached');
  expect(ui.openTok.publisher.destroyed).toBe(false);
});

test('a session that can’t be entered keeps one in the lobby too', async () => {
  ui.openTok.connectFault = namedError('OT_CONNECT_FAILED');
  await inRoom();

  expect(ui.screen).toBe('lobby');
  expect(ui.text('problem')).toContain('can’t be reached');
});

test('without permission one sees why, and joins to watch', async () => {
  ui.openTok.mediaFault = () => namedError('OT_USER_MEDIA_ACCESS_DENIED');
  await ui.visit('#brook-amber-42');
  expect(ui.text('media-problem')).toContain('blocked');
  expect(ui.openTok.publishers).toHaveLength(1);

  await ui.type('name-input', 'Ada');
  await ui.press('join');
  expect(ui.screen).toBe('room');
  expect(ui.openTok.session.published).toEqual([]);
  await ui.press('toggle-audio');
  expect(ui.text('notice')).toContain('without a microphone');
});

test('permission given later is used after trying again', async () => {
  ui.openTok.mediaFault = () => namedError('OT_USER_MEDIA_ACCESS_DENIED');
  await ui.visit('#brook-amber-42');
  ui.openTok.mediaFault = () => undefined;
  await ui.press('retry-media');

  expect(ui.find('media-problem')).toBeNull();
  expect(ui.find('meter')).not.toBeNull();
});

test('without a camera the microphone is used alone', async () => {
  ui.openTok.mediaFault = ({ videoSource }) =>
    videoSource === null ? undefined : namedError('OT_NO_DEVICES_FOUND');
  await inRoom();

  expect(ui.openTok.publisher.properties).toMatchObject({ audioSource: true, videoSource: null });
  expect(ui.tile('Ada').dataset).toMatchObject({ video: 'false', audio: 'true' });
});

test('without any device one is told, and joins to watch', async () => {
  ui.openTok.mediaFault = () => namedError('OT_NO_DEVICES_FOUND');
  await ui.visit('#brook-amber-42');

  expect(ui.text('media-problem')).toContain('No camera or microphone found');
  expect(ui.openTok.publishers.every((publisher) => publisher.destroyed)).toBe(true);
  expect(ui.text('join')).toContain('Join without');
});

test('an insecure page says why there is no camera, and tries none', async () => {
  ui.remove();
  ui = new PageUnderTest({ canCapture: false });
  await ui.visit('#brook-amber-42');

  expect(ui.text('media-problem')).toContain('https://');
  expect(ui.openTok.publishers).toEqual([]);
});

test('a browser without WebRTC is told so', async () => {
  ui.openTok.supported = false;
  await ui.visit('#brook-amber-42');

  expect(ui.screen).toBe('unsupported');
  expect(ui.openTok.publishers).toEqual([]);
});

test('leaving lets go of everything and offers the way back', async () => {
  await inRoom();
  await ui.press('leave');

  expect(ui.screen).toBe('ended');
  expect(ui.root.textContent).toContain('You left the meeting');
  expect(ui.openTok.session.disconnected).toBe(true);
  expect(ui.openTok.publisher.destroyed).toBe(true);

  await ui.press('rejoin');
  expect(ui.screen).toBe('lobby');
  expect(ui.value('name-input')).toBe('Ada');
});

test.each([
  ['forceDisconnected', 'You were removed'],
  ['networkDisconnected', 'The connection was lost'],
])('a session that ends with %s says so', async (reason, words) => {
  await inRoom();
  ui.openTok.session.emit('sessionDisconnected', { reason });
  await ui.settled();

  expect(ui.screen).toBe('ended');
  expect(ui.root.textContent).toContain(words);
  expect(ui.openTok.publisher.destroyed).toBe(true);
});

test('going elsewhere while connecting leaves the session that was about to open', async () => {
  await ui.visit('#brook-amber-42');
  await ui.type('name-input', 'Ada');
  const enter = ui.holdAnswer('enter');
  await ui.press('join');
  expect(ui.text('join')).toContain('Connecting');
  await ui.visit('#other-meeting');
  enter();
  await ui.settled();

  expect(ui.screen).toBe('lobby');
  expect(ui.openTok.sessions).toEqual([]);
});

test('the link is copied', async () => {
  await inRoom();
  await ui.press('copy-link');

  expect(ui.copied).toEqual(['https://video.example.com/#brook-amber-42']);
  expect(ui.text('notice')).toBe('Link copied');
  ui.passTime();
  await ui.settled();
  expect(ui.text('notice')).toBe('');
});

test('a link that can’t be copied is shown', async () => {
  ui.canCopy = false;
  await inRoom();
  await ui.press('copy-link');

  expect(ui.text('notice')).toContain('https://video.example.com/#brook-amber-42');
});
