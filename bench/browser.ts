import { type BrowserContext, chromium } from 'playwright-core';
import { ownerSignInUrl } from '#bin/start/announce.ts';
import { findChromium } from '#bin/test/find-chromium.ts';
import type { Session } from './session.ts';

/** A phone that is signed in: a headless Chromium with a session of this installation. null where there is no Chromium. */
export async function openPhone({ installation, context }: Session): Promise<{ phone: BrowserContext; close(): Promise<void> } | null> {
  const executablePath = findChromium();
  if (!executablePath) return null;
  // As root Chromium refuses its own sandbox; it opens pages of this machine only.
  const browser = await chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 });
  const phone = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const page = await phone.newPage();
  await page.goto(await ownerSignInUrl(context.database.url, installation.home, installation.url));
  await page.getByRole('button', { name: 'Sign in on this device' }).click();
  await page.waitForURL((url) => url.pathname === '/');
  await page.close();
  return { phone, close: () => browser.close() };
}
