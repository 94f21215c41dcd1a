import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { Chromium, type PageSize } from '../src/chromium.js';
import { eventually } from '../src/eventually.js';
import { targetDirectory } from '../src/paths.js';
import { use, useServer } from '../src/suite.js';

const DESKTOP: PageSize = { width: 1280, height: 800 };
const PHONE: PageSize = { width: 390, height: 844 };

const server = useServer('meeting');

const browsers = use(
  async () => {
    const [desktop, phone] = await Promise.all([Chromium.launch(), Chromium.launch()]);
    return { desktop, phone };
  },
  async ({ desktop, phone }) => {
    await Promise.all([desktop.close(), phone.close()]);
  },
);

/** One person's window with the meeting page. */
class Guest {
  private constructor(
    readonly name: string,
    readonly page: Page,
    readonly problems: string[],
  ) {}

  static async open(name: string, browser: Chromium, size: PageSize, url: string) {
    const page = await browser.page(size);
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    await page.goto(url);
    return new Guest(name, page, problems);
  }

  at(testId: string): Locator {
    return this.page.locator(`[data-testid="${testId}"]`);
  }

  async join(): Promise<void> {
    await this.at('name-input').fill(this.name);
    await this.at('join').click();
    await this.at('leave').waitFor();
  }

  /** Waits until the grid has `people` tiles and every other one's picture plays. */
  async sees(people: number): Promise<void> {
    await eventually(
      `${this.name} sees ${people} people`,
      async () => ({
        tiles: await this.at('tile').count(),
        playing: await this.playing(),
        problems: this.problems,
      }),
      (seen) => seen.tiles === people && seen.playing >= people,
      { withinMillis: 15_000 },
    );
  }

  /** How many pictures are on screen and advance. */
  playing(): Promise<number> {
    return this.page.evaluate(async () => {
      const videos = [...document.querySelectorAll<HTMLVideoElement>('.OT_video-element')];
      const before = videos.map((video) => video.currentTime);
      await new Promise((resolve) => setTimeout(resolve, 300));
      return videos.filter(
        (video, index) => video.videoWidth > 0 && video.currentTime > (before[index] ?? 0),
      ).length;
    });
  }

  async photograph(what: string): Promise<void> {
    const path = join(targetDirectory('screenshots'), `${what}.png`);
    await this.page.screenshot({ path });
  }
}

describe('The meeting page', () => {
  it('brings people together who follow a link, lets them talk, chat and leave', async () => {
    const { desktop, phone } = browsers.current;
    const ada = await Guest.open('Ada', desktop, DESKTOP, server.current.url);
    await ada.at('start-meeting').waitFor();
    await ada.photograph('landing-desktop');
    await ada.at('start-meeting').click();
    await ada.at('join').waitFor();
    await ada.photograph('preview-desktop');
    await ada.join();

    const link = ada.page.url();
    const ben = await Guest.open('Ben', phone, PHONE, link);
    await ben.at('join').waitFor();
    await ben.photograph('preview-phone');
    await ben.join();
    const cleo = await Guest.open('Cleo', phone, PHONE, link);
    await cleo.join();

    await Promise.all([ada.sees(3), ben.sees(3), cleo.sees(3)]);
    await ada.photograph('meeting-desktop');
    await ben.photograph('meeting-phone');

    await ada.at('chat-toggle').click();
    await ada.at('chat-input').fill('Hello Ben, can you hear me?');
    await ada.at('chat-send').click();
    await ben.at('chat-toggle').click();
    const message = ben.at('chat-message').filter({ hasText: 'Hello Ben, can you hear me?' });
    await message.waitFor();
    expect(await message.textContent()).toContain('Ada');
    await ada.photograph('chat-desktop');
    await ben.photograph('chat-phone');

    await ada.at('toggle-screen').click();
    await ada.at('sharing').waitFor();
    for (const guest of [ben, cleo]) await guest.sees(4);
    await cleo.photograph('screen-phone');
    await ada.photograph('screen-desktop');
    await ada.at('stop-sharing').click();
    await Promise.all([ada.sees(3), ben.sees(3), cleo.sees(3)]);

    await cleo.at('leave').click();
    await cleo.page.getByText('You left').waitFor();
    await cleo.photograph('left-phone');
    await Promise.all([ada.sees(2), ben.sees(2)]);

    for (const guest of [ada, ben, cleo]) expect(guest.problems, guest.name).toEqual([]);
  });

  it('says that a meeting does not exist', async () => {
    const { desktop } = browsers.current;
    const probe = await Guest.open('Ada', desktop, DESKTOP, server.current.url);
    await probe.at('start-meeting').click();
    await probe.at('join').waitFor();
    const nowhere = probe.page.url().replace(/[^/#=?&]+$/, 'nnnn-nnnn-nnnn');

    const dora = await Guest.open('Dora', desktop, DESKTOP, nowhere);
    await eventually(
      'the page says so, before anybody prepares to join',
      () => dora.page.locator('body').innerText(),
      (text) => /not found|no such|does not exist|no meeting/i.test(text),
    );
    await dora.photograph('not-found-desktop');
    expect(await dora.at('leave').count()).toBe(0);
  });
});
