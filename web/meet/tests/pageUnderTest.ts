import { mountOn } from '../src/mount.js';
import { MeetingApi } from '../src/meetingApi.js';
import { Page } from '../src/page.js';
import { FakeOpenTok } from './fakes/openTok.js';

type Endpoint = 'start' | 'find' | 'enter';

const FOLDER = 'https://video.example.com/';

/** The page in a document, on a made-up room, server and address, with the user's hands. */
export class PageUnderTest {
  readonly openTok = new FakeOpenTok();
  readonly root = document.createElement('div');
  readonly asked: [path: string, body: unknown][] = [];
  readonly copied: string[] = [];
  address = new URL(FOLDER);
  canCopy = true;
  nowMillis = 1_700_000_000_000;
  /** What the server answers; undefined when it is away. */
  readonly answers: Record<Endpoint, Response | undefined> = {
    start: Response.json({ meetingId: 'started-1' }, { status: 201 }),
    find: Response.json({ meetingId: 'brook-amber-42' }),
    enter: Response.json({ applicationId: 'app', sessionId: 'session', token: 'token' }),
  };
  private readonly timers: (() => void)[] = [];
  private readonly held = new Map<Endpoint, Promise<void>>();
  private readonly page: Page;

  constructor({ canCapture = true }: { readonly canCapture?: boolean } = {}) {
    document.body.append(this.root);
    let name = '';
    this.page = mountOn(this.root, (redraw) => ({
      openTok: this.openTok,
      api: new MeetingApi(new URL(FOLDER), (url, init) => this.answer(url, init)),
      serverUrl: FOLDER,
      address: () => this.address,
      goTo: (meetingId) => {
        this.address = new URL(meetingId === undefined ? '' : `#${meetingId}`, FOLDER);
      },
      names: { read: () => name, write: (text) => (name = text) },
      canCapture,
      canShareScreen: true,
      copy: (text) => {
        this.copied.push(text);
        return Promise.resolve(this.canCopy);
      },
      nowMillis: () => this.nowMillis,
      after: (_, run) => this.timers.push(run),
      redraw,
    }));
  }

  get screen(): string {
    return this.root.dataset.screen ?? '';
  }

  get names(): readonly string[] {
    return this.all('tile').map((tile) => tile.dataset.name ?? '');
  }

  async visit(address: string): Promise<void> {
    this.address = new URL(address, FOLDER);
    this.page.follow();
    await this.settled();
  }

  async press(testId: string): Promise<void> {
    this.get(testId).click();
    await this.settled();
  }

  async key(key: string): Promise<void> {
    this.page.press(key);
    await this.settled();
  }

  async type(testId: string, text: string): Promise<void> {
    const field = this.get(testId) as HTMLInputElement;
    field.value = text;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    await this.settled();
  }

  async select(testId: string, value: string): Promise<void> {
    const field = this.get(testId) as HTMLSelectElement;
    field.value = value;
    field.dispatchEvent(new Event('change', { bubbles: true }));
    await this.settled();
  }

  /** Makes an endpoint wait; call the result to let it answer. */
  holdAnswer(endpoint: Endpoint): () => void {
    let release: () => void = () => undefined;
    this.held.set(endpoint, new Promise((resolve) => (release = resolve)));
    return () => {
      release();
    };
  }

  /** Lets all timers run out. */
  passTime(): void {
    for (const run of this.timers.splice(0)) {
      run();
    }
  }

  /** Everything that was set going has come to rest: it all runs on microtasks here. */
  async settled(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve));
  }

  find(testId: string): HTMLElement | null {
    return this.root.querySelector(`[data-testid="${testId}"]`);
  }

  all(testId: string): readonly HTMLElement[] {
    return [...this.root.querySelectorAll<HTMLElement>(`[data-testid="${testId}"]`)];
  }

  tile(name: string): HTMLElement {
    const tile = this.all('tile').find((it) => it.dataset.name === name);
    if (tile === undefined) {
      throw new Error(`no tile of ${name}, only of ${this.names.join(', ')}`);
    }
    return tile;
  }

  text(testId: string): string {
    return this.get(testId).textContent.trim();
  }

  label(testId: string): string | null {
    return this.get(testId).getAttribute('aria-label');
  }

  value(testId: string): string {
    return (this.get(testId) as HTMLInputElement).value;
  }

  remove(): void {
    this.root.remove();
  }

  private get(testId: string): HTMLElement {
    const element = this.find(testId);
    if (element === null) {
      throw new Error(`no ${testId} on the screen ${this.screen}`);
    }
    return element;
  }

  private async answer(url: URL, init: RequestInit): Promise<Response> {
    const endpoint = endpointOf(url, init);
    if (endpoint !== 'find') {
      this.asked.push([url.pathname, JSON.parse(init.body as string)]);
    }
    await this.held.get(endpoint);
    const answer = this.answers[endpoint];
    if (answer === undefined) {
      throw new TypeError('Failed to fetch');
    }
    return answer.clone();
  }
}

function endpointOf(url: URL, init: RequestInit): Endpoint {
  if (init.method === 'GET') {
    return 'find';
  }
  return url.pathname.endsWith('/tokens') ? 'enter' : 'start';
}
