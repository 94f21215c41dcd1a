import { accessSync, constants } from 'node:fs';
import { chromium, type Browser, type BrowserServer, type Page } from 'playwright-core';

const EXECUTABLE = process.env.CHROMIUM ?? '/usr/bin/chromium';

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
];

export interface PageSize {
  readonly width: number;
  readonly height: number;
}

/** One Chromium process of its own, with a new profile and fake camera and microphone. */
export class Chromium {
  private constructor(
    private readonly server: BrowserServer,
    private readonly browser: Browser,
  ) {}

  static async launch(): Promise<Chromium> {
    try {
      accessSync(EXECUTABLE, constants.X_OK);
    } catch {
      throw new Error(
        `no Chromium at ${EXECUTABLE}: install it (on Debian 'apt-get install chromium') or name it in CHROMIUM`,
      );
    }
    const server = await chromium.launchServer({
      executablePath: EXECUTABLE,
      headless: true,
      args: ARGUMENTS,
    });
    return new Chromium(server, await chromium.connect(server.wsEndpoint()));
  }

  /** A new page in a context of its own (cookies, storage, permissions). */
  async page(size: PageSize = { width: 1280, height: 800 }): Promise<Page> {
    const context = await this.browser.newContext({
      viewport: size,
      permissions: ['camera', 'microphone'],
    });
    return context.newPage();
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.server.close();
  }

  /** The end that no page can prepare for: SIGKILL to the whole process group. */
  async vanish(): Promise<void> {
    await this.server.kill();
  }
}
