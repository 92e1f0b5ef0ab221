import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { ChoirInBrowser } from './choir-in-browser.ts';
import { type CuttableLine, cuttableLine } from './cuttable-line.ts';
import { patience } from './thread-page.ts';

/** What a page without a network says of it in its console. */
export const away = /ERR_|Failed to|WebSocket|fetch|50[0-9]|Offline/;

/** Phones whose service worker is at work, on a line that can be cut; it is mended after each test. */
export function installedApp({ choir, open }: ChoirInBrowser) {
  let line: CuttableLine;
  beforeAll(async () => {
    line = await cuttableLine(choir().url);
  });
  afterEach(() => line.mend());
  afterAll(() => line.close());
  return {
    line: () => line,
    async install(path: string) {
      const visit = await open('phone', path, { baseURL: line.url, permissions: ['notifications'], serviceWorkers: 'allow' });
      await visit.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
      return visit;
    },
  };
}

/** Until the page of this path is kept on the device with these words. */
export async function untilKept(page: Page, path: string, words: string): Promise<void> {
  const isKept = () =>
    page.evaluate(
      async ([kept = '', text = '']) => (await (await (await caches.open('choir-pages')).match(kept))?.text())?.includes(text) ?? false,
      [path, words],
    );
  await expect.poll(isKept, patience).toBe(true);
}
