import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { ChoirInBrowser } from './choir-in-browser.ts';
import { giveGoal, runEnd } from './thread-page.ts';

const script = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>';
export const hostileName = `${script.replaceAll('/', '')}.html`;

/** The text of `src/shop.py`: 80 lines, some of them changed. */
export const code = (change: Record<number, string> = {}) =>
  Array.from({ length: 80 }, (_, index) => `${change[index + 1] ?? `value_${index + 1} = "old"  # line ${index + 1}`}\n`).join('');

/** Threads with changed files, what is in these, and a person who saves one elsewhere. */
export function changedFiles({ choir }: ChoirInBrowser) {
  const content = (threadId: string, path: string) => readFile(join(choir().home.tree(threadId), path), 'utf8');

  async function save(threadId: string, path: string, text: string): Promise<void> {
    const { currentCheckpointId: baseCheckpointId } = await choir().thread(threadId);
    const response = await fetch(`${choir().url}/api/threads/${threadId}/files`, {
      method: 'PUT',
      headers: {
        authorization: `Bearer ${(await readFile(join(choir().home.root, 'cli-token'), 'utf8')).trim()}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ path, text, baseCheckpointId }),
    });
    expect(response.status).toBe(200);
  }

  /** A thread whose agent wrote a file that was then changed in two places, and a file that would like to be a script. */
  async function reviewed(page: Page): Promise<string> {
    const threadId = await giveGoal(page, 'create notes.txt with "The first note."');
    await runEnd(page, 'Done').waitFor();
    await save(threadId, 'src/shop.py', code());
    await save(threadId, 'src/shop.py', code({ 10: 'value_10 = "new"  # line 10', 70: 'value_70 = "new"  # line 70' }));
    await save(threadId, hostileName, `${script}\n\u202egpj.exe\n`);
    return threadId;
  }

  return { content, save, reviewed };
}

/** Nothing of the hostile file ran, was drawn, or made the page wider than the screen. */
export async function expectUnharmed(page: Page): Promise<void> {
  expect(await page.evaluate(() => 'pwned' in window)).toBe(false);
  expect(await page.locator('img[src], iframe, object, embed').count()).toBe(0);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
}
