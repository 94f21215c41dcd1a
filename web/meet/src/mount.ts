import { render } from 'lit';
import { MeetingApi } from './meetingApi.js';
import { meetingLink } from './meetingAddress.js';
import type { OpenTok } from './opentok.js';
import { Page, type Ground } from './page.js';
import { pageView, titleOf } from './view/pageView.js';

const NAME_KEY = 'sluice.name';

/** Puts the page into the document, on the browser and the given client library. */
export function mount(root: HTMLElement, openTok: OpenTok): Page {
  const base = new URL('.', document.baseURI);
  const page = mountOn(root, (redraw) => ({
    openTok,
    api: new MeetingApi(base, (url, init) => fetch(url, init)),
    serverUrl: base.href,
    address: () => new URL(window.location.href),
    goTo: (meetingId) => {
      const here = new URL(window.location.href);
      const address = meetingId === undefined ? base.href : meetingLink(here, meetingId);
      window.history.pushState(null, '', address);
    },
    names: rememberedName(),
    canCapture: canCapture('getUserMedia'),
    canShareScreen: canCapture('getDisplayMedia'),
    copy,
    nowMillis: () => Date.now(),
    after: (delayMillis, run) => {
      window.setTimeout(run, delayMillis);
    },
    redraw,
  }));
  const follow = (): void => {
    page.follow();
  };
  window.addEventListener('hashchange', follow);
  window.addEventListener('popstate', follow);
  window.addEventListener('keydown', (event) => {
    if (meansThePage(event) && page.press(event.key.toLowerCase())) {
      event.preventDefault();
    }
  });
  page.follow();
  return page;
}

/** Draws a page into `root` after each change; several changes in a row are drawn once. */
export function mountOn(root: HTMLElement, ground: (redraw: () => void) => Ground): Page {
  let drawing = false;
  const page: Page = new Page(
    ground(() => {
      if (!drawing) {
        drawing = true;
        queueMicrotask(() => {
          drawing = false;
          draw(root, page);
        });
      }
    }),
  );
  return page;
}

function draw(root: HTMLElement, page: Page): void {
  const before = root.dataset.screen;
  render(pageView(page), root);
  document.title = titleOf(page);
  root.dataset.screen = page.screen.kind;
  if (before !== undefined && before !== page.screen.kind) {
    // What had the focus is gone: a keyboard or screen reader goes on at the new screen's beginning.
    const heading = root.querySelector<HTMLElement>('h1, .stage');
    heading?.setAttribute('tabindex', '-1');
    heading?.focus({ preventScroll: true });
  }
}

// A browser that blocks cookies throws at the mere sight of the storage: then the name lives as long as the page.
function rememberedName(): { read(): string; write(name: string): void } {
  let kept = '';
  const attempt = (use: (storage: Storage) => void): void => {
    try {
      use(window.localStorage);
    } catch (error) {
      console.info('The name is not remembered: this browser blocks storage.', error);
    }
  };
  return {
    read: () => {
      attempt((storage) => (kept = storage.getItem(NAME_KEY) ?? ''));
      return kept;
    },
    write: (name) => {
      kept = name;
      attempt((storage) => {
        storage.setItem(NAME_KEY, name);
      });
    },
  };
}

// Absent on insecure origins, and screens on phones, whatever the types say.
function canCapture(method: 'getUserMedia' | 'getDisplayMedia'): boolean {
  const devices = Reflect.get(navigator, 'mediaDevices') as Partial<MediaDevices> | undefined;
  return window.isSecureContext && devices?.[method] !== undefined;
}

// Letters typed into a field, and the browser's own combinations, are not for us.
function meansThePage(event: KeyboardEvent): boolean {
  const { target } = event;
  const typing =
    target instanceof Element &&
    target.closest('input, textarea, select, [contenteditable]') !== null;
  return !typing && !event.repeat && !event.ctrlKey && !event.metaKey && !event.altKey;
}

async function copy(text: string): Promise<boolean> {
  const clipboard = Reflect.get(navigator, 'clipboard') as Clipboard | undefined;
  if (clipboard === undefined) {
    return copyBySelection(text);
  }
  try {
    await clipboard.writeText(text);
    return true;
  } catch {
    // The browser refused, for want of permission or focus: the caller shows the text instead.
    return false;
  }
}

// On insecure origins there is no clipboard object, and this is the one way left.
function copyBySelection(text: string): boolean {
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'unseen';
  document.body.append(field);
  field.select();
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- see above
  const copied = document.execCommand('copy');
  field.remove();
  return copied;
}
