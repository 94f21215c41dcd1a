import puppeteer, { type Browser as PuppeteerBrowser, type Page } from 'puppeteer-core';
import { commandWithin, requireExecutable } from './executable.js';
import type { Network } from './network.js';
import { freeTcpPort } from './ports.js';
import type { Browser, Tab } from './tab.js';
import { Tunnel } from './tunnel.js';

const EXECUTABLE = process.env.FIREFOX ?? '/usr/bin/firefox-esr';

// Camera and microphone that exist nowhere, given to every page that asks, and sound that nobody has to click for.
const MEDIA_PREFERENCES = {
  'media.navigator.streams.fake': true,
  'media.navigator.permission.disabled': true,
  'media.autoplay.default': 0,
  'media.autoplay.blocking_policy': 0,
};

// Nothing leaves for Mozilla's servers.
const QUIET_PREFERENCES = {
  'datareporting.policy.dataSubmissionEnabled': false,
  'app.update.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'extensions.getAddons.cache.enabled': false,
  'services.settings.server': 'data:,#',
  'media.gmp-manager.url': 'data:text/plain,',
  'browser.region.network.url': '',
};

/** How one browser differs from others. */
export interface FirefoxOptions {
  /** Where it runs; on this machine's own network when absent. */
  readonly network?: Network;
}

/**
 * One Firefox process of its own, driven over WebDriver BiDi. It pairs no loopback candidates: media needs a server on a real
 * address, such as that of a `Network`.
 */
export class Firefox implements Browser {
  private constructor(
    private readonly browser: PuppeteerBrowser,
    private readonly tunnel: Tunnel | undefined,
  ) {}

  static async launch({ network }: FirefoxOptions = {}): Promise<Firefox> {
    requireExecutable('Firefox', EXECUTABLE, { package: 'firefox-esr', variable: 'FIREFOX' });
    if (!network) return new Firefox(await start(EXECUTABLE, 0), undefined);
    // It listens to its driver on loopback, and that of a network is not this machine's.
    const port = await freeTcpPort();
    const tunnel = await Tunnel.open(network, port);
    try {
      return new Firefox(await start(commandWithin(network, EXECUTABLE), port), tunnel);
    } catch (error) {
      await tunnel.close();
      throw error;
    }
  }

  async tab(): Promise<Tab> {
    const context = await this.browser.createBrowserContext();
    return new FirefoxTab(await context.newPage());
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.tunnel?.close();
  }
}

/** @param debuggingPort where it listens to its driver; 0: on any free port */
function start(executablePath: string, debuggingPort: number): Promise<PuppeteerBrowser> {
  return puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    debuggingPort,
    extraPrefsFirefox: { ...MEDIA_PREFERENCES, ...QUIET_PREFERENCES },
    timeout: 60_000,
  });
}

class FirefoxTab implements Tab {
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

  async count(selector: string): Promise<number> {
    return (await this.page.$$(selector)).length;
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
    await this.page.browserContext().close();
  }
}
