import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** No rule of axe is broken on the page as it stands, in the light; and in the dark none of those that colours can break. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.waitForFunction(() => document.title !== '');
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(`${axe.source}; undefined`);
  expect(await violations(page, {}), `in the light: ${page.url()}`).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await violations(page, { runOnly: ['color-contrast'] }), `in the dark: ${page.url()}`).toEqual([]);
  await page.emulateMedia({ colorScheme: 'light' });
}

function violations(page: Page, options: axe.RunOptions): Promise<string[]> {
  return page.evaluate(async (given) => {
    const inPage = (globalThis as unknown as { axe: typeof axe }).axe;
    const settle = async () => {
      do await new Promise(requestAnimationFrame);
      while (
        // What moves with scrolling never ends.
        document.getAnimations().some(({ timeline }) => timeline === document.timeline)
      );
    };
    await settle();
    const { violations } = await inPage.run(document, { ...given, resultTypes: ['violations'], preload: { assets: ['media'] } });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('\n')}`);
  }, options);
}
