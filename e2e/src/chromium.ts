import {
  chromium,
  type Browser as PlaywrightBrowser,
  type BrowserServer,
  type Page,
} from 'playwright-core';
import { commandWithin, requireExecutable } from './executable.js';
import type { Network } from './network.js';
import type { Browser, Tab } from './tab.js';

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

/** How one browser differs from others. */
export interface ChromiumOptions {
  /** Where it runs; on this machine's own network when absent. */
  readonly network?: Network;
  /** Origins without HTTPS whose pages get camera and microphone all the same, as those of loopback do. */
  readonly trustedOrigins?: readonly string[];
  readonly arguments?: readonly string[];
}

export interface PageSize {
  readonly width: number;
  readonly height: number;
}

/** One Chromium process of its own, with a new profile and fake camera and microphone. */
export class Chromium implements Browser {
  private constructor(
    private readonly server: BrowserServer,
    private readonly browser: PlaywrightBrowser,
  ) {}

  static async launch(options: ChromiumOptions = {}): Promise<Chromium> {
    requireExecutable('Chromium', EXECUTABLE, { package: 'chromium', variable: 'CHROMIUM' });
    const server = await chromium.launchServer({
      executablePath: options.network ? commandWithin(options.network, EXECUTABLE) : EXECUTABLE,
      headless: true,
      args: [
        ...ARGUMENTS,
        ...(options.trustedOrigins
          ? [`--unsafely-treat-insecure-origin-as-secure=${options.trustedOrigins.join(',')}`]
          : []),
        ...(options.arguments ?? []),
      ],
    });
    return new Chromium(server, await chromium.connect(server.wsEndpoint()));
  }

  /** A new page in a context of its own (cookies, storage, permissions). */
  async page(size: PageSize = { width: 1280, height: 800 }): Promise<Page> {
    const context = await this.browser.newContext({
      viewport: size,
      // A server that tries out HTTPS has a certificate of its own.
      ignoreHTTPSErrors: true,
      permissions: ['camera', 'microphone'],
    });
    return context.newPage();
  }

  async tab(): Promise<Tab> {
    return new ChromiumTab(await this.page());
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

class ChromiumTab implements Tab {
  constructor(private readonly page: Page) {}

  async goto(url: string): Promise<void> {
    await this.page.goto(url);
  }

  async reload(): Promise<void> {
    await this.page.reload();
  }

  evaluate<Argument, Result>(
    script: (argument: Argument) => Result | Promise<Result>,
    argument?: Argument,
  ): Promise<Result> {
    return this.page.evaluate(script as (argument: unknown) => Result | Promise<Result>, argument);
  }

  count(selector: string): Promise<number> {
    return this.page.locator(selector).count();
  }

  onProblem(listener: (problem: string) => void): void {
    this.page.on('console', (message) => {
      if (message.type() === 'error') listener(message.text());
    });
    this.page.on('pageerror', (error) => {
      listener(String(error));
    });
  }

  /** With its context. */
  async close(): Promise<void> {
    await this.page.context().close();
  }
}
