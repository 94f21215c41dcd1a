import { afterEach, beforeEach, expect, test } from 'vitest';
import { PageUnderTest } from './pageUnderTest.js';
import type { Connection } from '../src/opentok.js';
import { FakePerson, namedError, type FakeSession } from './fakes/openTok.js';

let ui: PageUnderTest;
let session: FakeSession;
const grace = (): FakePerson => new FakePerson('Grace', 500);

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
  session = ui.openTok.session;
}

function ownConnection(): Connection {
  if (session.connection === undefined) throw new Error('not connected');
  return session.connection;
}

test('alone, one is invited to share the link', async () => {
  await inRoom();

  expect(ui.names).toEqual(['Ada']);
  expect(ui.root.textContent).toContain('Nobody else is here yet');
});

test('those who were there are shown at once and not announced', async () => {
  await inRoom(grace());

  expect(ui.names).toEqual(['Ada', 'Grace']);
  expect(ui.text('headcount')).toBe('2');
  expect(ui.text('notice')).toBe('');
});

test('somebody who comes later is announced, and shown before sending anything', async () => {
  await inRoom();
  const alan = new FakePerson('Alan', 2000);
  session.arrive(alan);
  await ui.settled();

  expect(ui.text('notice')).toBe('Alan joined');
  expect(ui.tile('Alan').dataset).toMatchObject({ video: 'false', audio: 'false' });

  session.send(alan);
  await ui.settled();
  expect(ui.names).toEqual(['Ada', 'Alan']);
  expect(ui.tile('Alan').dataset).toMatchObject({ video: 'true', audio: 'true' });
  expect(ui.tile('Alan').querySelector('video')).not.toBeNull();
});

test('somebody who leaves is gone and announced', async () => {
  const other = grace();
  await inRoom(other);
  session.depart(other);
  await ui.settled();

  expect(ui.names).toEqual(['Ada']);
  expect(ui.text('notice')).toBe('Grace left');
});

test('a shared screen is a tile of its own', async () => {
  const other = grace();
  await inRoom(other);
  session.send(
    new FakePerson('Slides', 500, { connection: other.connection, videoType: 'screen' }),
  );
  await ui.settled();

  expect(ui.names).toEqual(['Ada', 'Grace', 'Slides']);
  expect(ui.tile('Slides').classList.contains('screen')).toBe(true);
  expect(ui.text('headcount')).toBe('2');
});

test('a shared screen takes the stage, the latest of several, until it ends', async () => {
  const other = grace();
  await inRoom(other);
  expect(ui.tile('Grace').dataset.stage).toBe('none');
  const slides = new FakePerson('Slides', 500, {
    connection: other.connection,
    videoType: 'screen',
  });
  const sketch = new FakePerson('Sketch', 500, {
    connection: other.connection,
    videoType: 'screen',
  });
  session.send(slides);
  session.send(sketch);
  await ui.settled();
  expect(ui.tile('Sketch').dataset.stage).toBe('screen');
  expect(ui.tile('Slides').dataset.stage).toBe('none');

  session.emit('streamDestroyed', { stream: sketch.stream });
  await ui.settled();
  expect(ui.tile('Slides').dataset.stage).toBe('screen');
});

test('one shares the screen, is told that everyone sees it, and stops', async () => {
  await inRoom();
  await ui.press('toggle-screen');
  const screen = ui.openTok.publisher;
  expect(screen.properties).toMatchObject({ videoSource: 'screen', audioSource: null });
  expect(session.published).toContain(screen);
  expect(ui.text('sharing')).toContain('Everyone sees your screen');
  expect(ui.label('toggle-screen')).toBe('Stop sharing');

  await ui.press('stop-sharing');
  expect(screen.destroyed).toBe(true);
  expect(ui.find('sharing')).toBeNull();
});

test('the browser’s own bar ends the sharing too', async () => {
  await inRoom();
  await ui.press('toggle-screen');
  ui.openTok.publisher.emit('mediaStopped', {});
  await ui.settled();

  expect(ui.openTok.publisher.destroyed).toBe(true);
  expect(ui.find('sharing')).toBeNull();
});

test('changing one’s mind about the screen is no fault, a real one is told', async () => {
  await inRoom();
  ui.openTok.mediaFault = () => namedError('OT_USER_MEDIA_ACCESS_DENIED');
  await ui.press('toggle-screen');
  expect(ui.text('notice')).toBe('');
  expect(ui.find('sharing')).toBeNull();

  ui.openTok.mediaFault = () => namedError('OT_SCREEN_SHARING_NOT_SUPPORTED', 'no screen here');
  await ui.press('toggle-screen');
  expect(ui.text('notice')).toBe('Your screen can’t be shared: no screen here');
});

test('a screen that may not be published is let go', async () => {
  await inRoom();
  ui.openTok.publishFault = new Error('the limit of 4 streams is reached');
  await ui.press('toggle-screen');

  expect(ui.openTok.publisher.destroyed).toBe(true);
  expect(ui.text('notice')).toContain('the limit of 4 streams is reached');
});

test('leaving ends the sharing', async () => {
  await inRoom();
  await ui.press('toggle-screen');
  const screen = ui.openTok.publisher;
  await ui.press('leave');

  expect(screen.destroyed).toBe(true);
});

test('somebody whose network is gone is marked until their media flow again', async () => {
  const other = grace();
  await inRoom(other);
  const subscriber = session.subscriberOf(other);
  subscriber.emit('disconnected', {});
  await ui.settled();
  expect(ui.tile('Grace').textContent).toContain('Reconnecting');
  expect(ui.tile('Grace').classList.contains('interrupted')).toBe(true);

  subscriber.emit('connected', {});
  await ui.settled();
  expect(ui.tile('Grace').classList.contains('interrupted')).toBe(false);
});

test('a video that this browser can’t decode is said so, and not shown black', async () => {
  const other = grace();
  await inRoom(other);
  session.subscriberOf(other).emit('videoDisabled', { reason: 'codecNotSupported' });
  await ui.settled();

  expect(ui.tile('Grace').textContent).toContain('can’t show this video');
  expect(ui.tile('Grace').dataset.video).toBe('false');
});

test('keys mute, turn the camera off and share the screen', async () => {
  await inRoom();
  await ui.key('m');
  expect(ui.openTok.publisher.audio).toBe(false);
  await ui.key('v');
  expect(ui.openTok.publisher.video).toBe(false);
  await ui.key('x');
  await ui.key('s');
  expect(ui.find('sharing')).not.toBeNull();
});

test('devices are changed during the meeting', async () => {
  await inRoom();
  expect(ui.find('devices')).toBeNull();
  await ui.press('devices-toggle');
  await ui.select('camera-select', 'cam-2');
  expect(ui.openTok.publisher.cameraId).toBe('cam-2');

  await ui.press('devices-close');
  expect(ui.find('devices')).toBeNull();
});

test('who joined without devices can bring them in later', async () => {
  ui.openTok.mediaFault = () => namedError('OT_USER_MEDIA_ACCESS_DENIED');
  await inRoom();
  expect(session.published).toEqual([]);
  ui.openTok.mediaFault = () => undefined;
  await ui.press('devices-toggle');
  await ui.press('use-media');

  expect(session.published).toEqual([ui.openTok.publisher]);
  expect(ui.tile('Ada').dataset).toMatchObject({ video: 'true', audio: 'true' });
});

test('a camera that is turned off leaves the initials, and the video element for its sound', async () => {
  const other = grace();
  await inRoom(other);
  session.change(other, { hasVideo: false });
  await ui.settled();

  const tile = ui.tile('Grace');
  expect(tile.dataset.video).toBe('false');
  expect(tile.querySelector('.avatar')?.textContent.trim()).toBe('G');
  expect(tile.querySelector('video')).not.toBeNull();
});

test('a muted microphone is marked', async () => {
  const other = grace();
  await inRoom(other);
  expect(ui.tile('Grace').querySelector('.muted')).toBeNull();
  session.change(other, { hasAudio: false });
  await ui.settled();

  expect(ui.tile('Grace').querySelector('.muted')).not.toBeNull();
});

test('the one who speaks is marked, until they have been quiet for a moment', async () => {
  const other = grace();
  await inRoom(other);
  const subscriber = session.subscriberOf(other);
  subscriber.emit('audioLevelUpdated', { audioLevel: 0.3 });
  await ui.settled();
  expect(ui.tile('Grace').dataset.speaking).toBe('true');

  ui.nowMillis += 1000;
  subscriber.emit('audioLevelUpdated', { audioLevel: 0 });
  await ui.settled();
  expect(ui.tile('Grace').dataset.speaking).toBe('false');
});

test('a network that hardly carries a video is marked, and the video stays', async () => {
  const other = grace();
  await inRoom(other);
  const subscriber = session.subscriberOf(other);
  subscriber.emit('videoDisableWarning', {});
  await ui.settled();
  expect(ui.label('network')).toBe('Your connection is getting too weak for this video.');
  expect(ui.tile('Grace').dataset).toMatchObject({ network: 'weak', video: 'true' });

  subscriber.emit('videoDisableWarningLifted', {});
  await ui.settled();
  expect(ui.find('network')).toBeNull();
});

test('video that one’s own network can’t carry is said to be paused, and comes back', async () => {
  const other = grace();
  await inRoom(other);
  const subscriber = session.subscriberOf(other);
  subscriber.emit('videoDisabled', { reason: 'quality' });
  await ui.settled();
  expect(ui.label('network')).toBe('Your connection is too weak for this video; sound goes on.');
  expect(ui.tile('Grace').dataset.video).toBe('false');

  subscriber.emit('videoEnabled', { reason: 'quality' });
  await ui.settled();
  expect(ui.find('network')).toBeNull();
  expect(ui.tile('Grace').dataset.video).toBe('true');
});

test('a camera that is turned off while the network is too weak is not missed', async () => {
  const other = grace();
  await inRoom(other);
  session.subscriberOf(other).emit('videoDisabled', { reason: 'quality' });
  session.change(other, { hasVideo: false });
  await ui.settled();

  expect(ui.find('network')).toBeNull();
});

test('video that the sender’s network can’t carry is laid to that one', async () => {
  const other = grace();
  await inRoom(other);
  session.change(other, { hasVideo: false });
  session.subscriberOf(other).emit('videoDisabled', { reason: 'quality' });
  await ui.settled();

  expect(ui.label('network')).toBe('Their connection is too weak for video; sound goes on.');
});

test('one is told when one’s own video is no longer sent', async () => {
  await inRoom();
  const { publisher } = ui.openTok;
  expect(publisher.properties).toMatchObject({ audioFallback: { publisher: true } });
  publisher.emit('videoDisableWarning', {});
  await ui.settled();
  expect(ui.tile('Ada').dataset.network).toBe('weak');

  publisher.emit('videoDisabled', { reason: 'quality' });
  await ui.settled();
  expect(ui.label('network')).toContain('others still hear you');
  // One goes on seeing oneself.
  expect(ui.tile('Ada').dataset).toMatchObject({ network: 'tooWeak', video: 'true' });

  publisher.emit('videoEnabled', { reason: 'quality' });
  await ui.settled();
  expect(ui.find('network')).toBeNull();
});

test('whoever spoke last of all is marked, oneself too', async () => {
  const other = grace();
  await inRoom(other);
  session.speak(other.stream);
  await ui.settled();
  expect(ui.tile('Grace').dataset).toMatchObject({ leading: 'true', stage: 'none' });

  session.speak({ ...other.stream, streamId: 'own-stream', connection: ownConnection() });
  await ui.settled();
  expect(ui.tile('Grace').dataset.leading).toBe('false');
  expect(ui.tile('Ada').dataset.leading).toBe('true');
});

test('in a full room whoever speaks takes the stage, unless a screen has it or it is oneself', async () => {
  const others = Array.from({ length: 9 }, (_, index) => new FakePerson(`Person ${index}`, index));
  await inRoom(...others);
  const [first, second] = others;
  if (first === undefined || second === undefined) throw new Error('nobody is there');
  session.speak(first.stream);
  await ui.settled();
  expect(ui.tile('Person 0').dataset.stage).toBe('speaker');

  session.speak(second.stream);
  session.speak({ ...first.stream, streamId: 'own-stream', connection: ownConnection() });
  await ui.settled();
  expect(ui.tile('Person 0').dataset.stage).toBe('none');
  expect(ui.tile('Person 1').dataset.stage).toBe('speaker');

  const slides = { connection: first.connection, videoType: 'screen' } as const;
  session.send(new FakePerson('Slides', 500, slides));
  await ui.settled();
  expect(ui.tile('Person 1').dataset.stage).toBe('none');
  expect(ui.tile('Slides').dataset.stage).toBe('screen');
});

test('a stream that can’t be received says so', async () => {
  await inRoom();
  session.subscribeFault = new Error('no codec in common');
  const alan = new FakePerson('Alan', 2000);
  session.arrive(alan);
  session.send(alan);
  await ui.settled();

  expect(ui.tile('Alan').textContent).toContain('Can’t be received');
});

test('somebody from another application is shown by the stream’s name, or as a guest', async () => {
  await inRoom(
    new FakePerson('Grace', 1, { name: 'Grace H.' }, 'userId=7'),
    new FakePerson('Nobody', 2, { name: '' }, ''),
  );

  expect(ui.names).toEqual(['Ada', 'Grace H.', 'Guest']);
});

test('the buttons mute and unmute, and say which they will do', async () => {
  await inRoom();
  expect(ui.label('toggle-audio')).toBe('Mute');
  await ui.press('toggle-audio');
  expect(ui.openTok.publisher.audio).toBe(false);
  expect(ui.label('toggle-audio')).toBe('Unmute');
  await ui.press('toggle-audio');
  expect(ui.openTok.publisher.audio).toBe(true);

  await ui.press('toggle-video');
  expect(ui.openTok.publisher.video).toBe(false);
  expect(ui.label('toggle-video')).toBe('Turn camera on');
  expect(ui.tile('Ada').dataset.video).toBe('false');
});

test('being muted by a moderator is seen on the button', async () => {
  await inRoom();
  ui.openTok.publisher.emit('muteForced', {});
  await ui.settled();

  expect(ui.label('toggle-audio')).toBe('Unmute');
});

test('that nobody can see one is told', async () => {
  ui.openTok.publishFault = new Error('the role does not allow it');
  await inRoom();

  expect(ui.text('publish-fault')).toContain('the role does not allow it');
});

test('a lost connection is said while it lasts', async () => {
  await inRoom();
  session.emit('sessionReconnecting', {});
  await ui.settled();
  expect(ui.find('reconnecting')).not.toBeNull();

  session.emit('sessionReconnected', {});
  await ui.settled();
  expect(ui.find('reconnecting')).toBeNull();
  expect(ui.text('notice')).toBe('You are back in the meeting');
});

test('messages are counted until the chat is opened', async () => {
  const other = grace();
  await inRoom(other);
  session.hear(other.connection, 'Hello');
  session.hear(null, 'The meeting is recorded');
  await ui.settled();
  expect(ui.text('chat-unread')).toBe('2');
  expect(document.title).toBe('(2) Meeting · Sluice');

  await ui.press('chat-toggle');
  expect(ui.find('chat-unread')).toBeNull();
  expect(ui.all('chat-message').map((it) => it.querySelector('b')?.textContent)).toEqual([
    'Grace',
    'Announcement',
  ]);
});

test('a message is sent to everyone and shown when it comes back', async () => {
  await inRoom();
  await ui.press('chat-toggle');
  await ui.type('chat-input', ' Hello all ');
  await ui.press('chat-send');

  expect(ui.all('chat-message')).toHaveLength(1);
  expect(ui.text('chat-message')).toContain('Hello all');
  expect(ui.text('chat-message')).toContain('You');
  expect(ui.value('chat-input')).toBe('');
});

test('a message that can’t be sent stays in the field, with the reason', async () => {
  await inRoom();
  session.signalFault = new Error('too many messages');
  await ui.press('chat-toggle');
  await ui.type('chat-input', 'Hello');
  await ui.press('chat-send');

  expect(ui.text('notice')).toBe('Not sent: too many messages');
  expect(ui.value('chat-input')).toBe('Hello');
  expect(ui.all('chat-message')).toEqual([]);
});

test('markup in a message is shown as it was written', async () => {
  const other = grace();
  await inRoom(other);
  session.hear(other.connection, '<img src=x onerror=alert(1)>');
  await ui.settled();

  expect(ui.text('chat-message')).toContain('<img src=x onerror=alert(1)>');
  expect(ui.find('chat-message')?.querySelector('img')).toBeNull();
});
