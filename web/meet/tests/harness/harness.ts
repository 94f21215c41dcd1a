import { mount } from '../../src/mount.js';
import '../../src/styles/page.css';
import { FakeOpenTok, FakePerson, namedError } from '../fakes/openTok.js';
import { paintedVideo } from './paintedVideo.js';

/*
 * The page in a made-up room, for looking at it. In the address: people=N others are in the room, media=denied|missing|insecure|starting,
 * api=down|unknown, connect=down, unsupported.
 */
const wishes = new URLSearchParams(window.location.search);
const PEOPLE = [
  ['Grace Hopper', true, true],
  ['Alan Turing', true, false],
  ['Katherine Johnson', false, true],
  ['Edsger W. Dijkstra', true, false],
  ['Hedy Lamarr', true, true],
  ['Radia Perlman', true, true],
  ['Claude Shannon', false, false],
  ['Margaret Hamilton', true, true],
  ['Jon Postel', true, true],
  ['Annie Easley', false, true],
  ['Donald Davies', true, false],
  ['Karen Spärck Jones', true, true],
  ['Vint Cerf', true, true],
  ['Elizabeth Feinler', true, true],
  ['Paul Baran', true, false],
] as const;

const openTok = new FakeOpenTok(paintedVideo);
openTok.supported = !wishes.has('unsupported');
for (const [index, [name, hasAudio, hasVideo]] of PEOPLE.slice(
  0,
  Number(wishes.get('people') ?? 0),
).entries()) {
  openTok.present.push(new FakePerson(name, index, { hasAudio, hasVideo }));
}
const media = wishes.get('media');
if (media === 'denied') {
  openTok.mediaFault = () => namedError('OT_USER_MEDIA_ACCESS_DENIED');
} else if (media === 'missing') {
  openTok.mediaFault = () => namedError('OT_NO_DEVICES_FOUND');
} else if (media === 'insecure') {
  Object.defineProperty(navigator, 'mediaDevices', { value: undefined });
} else if (media === 'starting') {
  const openedNowhere = new FakeOpenTok();
  openTok.initPublisher = (_, properties) =>
    openedNowhere.initPublisher(undefined, properties, () => undefined);
}
if (wishes.get('connect') === 'down') {
  openTok.connectFault = namedError('OT_CONNECT_FAILED');
}

window.fetch = (input) => {
  const path = input instanceof URL ? input.pathname : '';
  switch (wishes.get('api')) {
    case 'down':
      return Promise.reject(new TypeError('Failed to fetch'));
    case 'unknown':
      return Promise.resolve(Response.json({ code: 'meeting_not_found' }, { status: 404 }));
    default:
      return Promise.resolve(
        path.endsWith('/tokens')
          ? Response.json({ applicationId: 'a', sessionId: 's', token: 't' })
          : Response.json({ meetingId: 'brook-amber-42' }, { status: 201 }),
      );
  }
};

const root = document.querySelector<HTMLElement>('#page');
if (root === null) {
  throw new Error('the document has no element #page');
}
// For a driver, or the console: harness.openTok.session.arrive(new harness.Person('Ada', 2000))
Object.assign(window, { harness: { page: mount(root, openTok), openTok, Person: FakePerson } });
