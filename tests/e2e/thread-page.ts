import type { Locator, Page } from 'playwright-core';

/** How long `expect.poll` waits for a condition, as long as the locators do. */
export const patience = { timeout: 60_000 };

/** Types a goal at home and sends it; gives the id of the thread that opens. */
export async function giveGoal(page: Page, goal: string): Promise<string> {
  await page.getByLabel('Goal', { exact: true }).fill(goal);
  await page.getByRole('button', { name: 'Send' }).click();
  await page.waitForURL(/\/threads\/[^/?]+$/);
  return new URL(page.url()).pathname.split('/')[2] ?? '';
}

/** Says something in an open thread: the next goal, or guidance while a run works. */
export async function say(page: Page, label: 'Next goal' | 'Guidance for the agent', text: string): Promise<void> {
  await page.getByLabel(label).fill(text);
  await page.getByRole('button', { name: 'Send' }).click();
}

/** The card that asks. Gone, under this name, as soon as it is answered. */
export function question(page: Page, words = 'Keep what this did?'): Locator {
  return page.getByRole('article', { name: words });
}

export function answered(
  page: Page,
  words: 'Approved' | 'Approved in part' | 'Rejected' | 'To be changed' | 'Typed' | 'No longer asked',
): Locator {
  return page.getByRole('article', { name: words });
}

export function runEnd(page: Page, word: 'Done' | 'Done in part' | 'Failed' | 'Stopped'): Locator {
  return page.getByRole('article', { name: 'End of the run' }).filter({ has: page.getByRole('heading', { name: word }) });
}

export function checkpoint(page: Page, number: number): Locator {
  return page.getByRole('button', { name: new RegExp(`^Checkpoint #${number} `) });
}

export async function untilLive(page: Page): Promise<void> {
  await page.getByRole('status').filter({ hasText: 'Live' }).waitFor();
}
