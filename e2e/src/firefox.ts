import puppeteer, { type Browser as PuppeteerBrowser, type Page } from 'puppeteer-core';
import { requireExecutable } from './executable.js';
import type { Browser, Tab } from './tab.js';

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

/**
 * One Firefox process of its own, driven over WebDriver BiDi. It pairs no loopback candidates: media needs a server on a real
 * address, such as that of a `Network`.
 */
export class Firefox implements Browser {
  private constructor(private readonly browser: PuppeteerBrowser) {}

  static async launch(): Promise<Firefox> {
    requireExecutable('Firefox', EXECUTABLE, { package: 'firefox-esr', variable: 'FIREFOX' });
    return new Firefox(
      await puppeteer.launch({
        browser: 'firefox',
        executablePath: EXECUTABLE,
        headless: true,
        extraPrefsFirefox: { ...MEDIA_PREFERENCES, ...QUIET_PREFERENCES },
        timeout: 60_000,
      }),
    );
  }

  async tab(): Promise<Tab> {
    const context = await this.browser.createBrowserContext();
    return new FirefoxTab(await context.newPage());
  }

  async close(): Promise<void> {
    await this.browser.close();
  }
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
