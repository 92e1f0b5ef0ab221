import { setTimeout as sleep } from 'node:timers/promises';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { findChromium } from '#bin/test/find-chromium.ts';
import { waitForLife } from './until-alive.ts';
import { type PageWatch, watchPage } from './watch-page.ts';

const withoutFeatures = [
  // The popup of an address bar that nobody sees is two pages more for each of ours: 0.7 s of work, measured.
  ...['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup'],
  // What Playwright leaves out: of two such lists the browser takes the last.
  ...['AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose', 'HttpsUpgrades', 'HttpsFirstBalancedModeAutoEnable'],
  ...['LensOverlay', 'MediaRouter', 'PaintHolding', 'ThirdPartyStoragePartitioning', 'AvoidCorsURLLoaderRestartOnRedirect'],
  ...['OptimizationHints', 'NetworkTimeServiceQuerying', 'AimEnabled', 'PreconnectToSearch'],
];

const flags = [
  `--disable-features=${withoutFeatures}`,
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
];

const closeMs = 30_000;

/** A service worker would take requests away from `page.route`, now and then: who tests it allows it. */
const common = { reducedMotion: 'reduce', serviceWorkers: 'block' } satisfies BrowserContextOptions;

export const devices = {
  phone: { timezoneId: 'UTC', viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
  // Not in the zone of the server: what is drawn there must not depend on one.
  desktop: { timezoneId: 'America/New_York', viewport: { width: 1440, height: 900 } },
} satisfies Record<string, BrowserContextOptions>;
export type DeviceName = keyof typeof devices;

export type Visit = { page: Page; tolerate: PageWatch['tolerate'] };

export type TestBrowser = {
  /** A page of a browser profile of its own: no cookies, nothing stored. */
  visit(device: DeviceName, options?: BrowserContextOptions): Promise<Visit>;
  /** Closes every page and says what went wrong on them. */
  leave(): Promise<string[]>;
  close(): Promise<void>;
};

export async function openBrowser(): Promise<TestBrowser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('The end-to-end tests need Chromium: install it, or name it in CHOIR_TEST_CHROMIUM.');
  const launch = () => chromium.launch({ executablePath, args: flags });
  let browser: Browser = await launch();
  let watches: PageWatch[] = [];
  return {
    async visit(device, options) {
      const context = await browser.newContext({ ...common, ...devices[device], ...options });
      context.setDefaultTimeout(60_000);
      // A phone in a home network comes over plain http, where browsers leave this out.
      await context.addInitScript(() => Reflect.deleteProperty(Crypto.prototype, 'randomUUID'));
      const page = await context.newPage();
      waitForLife(page);
      const watch = watchPage(page);
      watches.push(watch);
      return { page, tolerate: watch.tolerate };
    },
    async leave() {
      const problems = watches.flatMap((watch) => watch.problems());
      watches = [];
      // Chromium now and then never says that a profile in which a service worker was at work is gone (puppeteer#11627): then all of it goes.
      const closed = Promise.all(browser.contexts().map((context) => context.close())).then(
        () => true,
        () => false,
      );
      if (await Promise.race([closed, sleep(closeMs, false, { ref: false })])) return problems;
      await browser.close();
      browser = await launch();
      return problems;
    },
    close: () => browser.close(),
  };
}
