import { setTimeout } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { cuttableLine } from '#tests/e2e/cuttable-line.ts';
import { openPhone } from './browser.ts';
import { type Figure, median, milliseconds, timed, under } from './measure.ts';
import type { Session } from './session.ts';
import { keepWorking } from './tool-commands.ts';

const rounds = 7;
const workPauseMs = 150;
const followMs = 2_500;

/** From the moment that every connection of a phone falls silent, which nobody tells it, until its page shows what the agent did since. */
export async function benchDeadSocket(session: Session): Promise<Figure[]> {
  const opened = await openPhone(session);
  if (!opened) return [];
  const thread = await session.holdThread();
  const line = await cuttableLine(session.installation.url);
  const work = keepWorking(session.context.ledger, thread, workPauseMs);
  const times: number[] = [];
  try {
    const page = await opened.phone.newPage();
    await page.goto(`${line.url}/threads/${thread.threadId}`);
    for (let round = 0; round < rounds; round += 1) {
      await page.getByText('Live', { exact: true }).waitFor();
      await setTimeout(followMs);
      line.silence();
      times.push((await timed(() => untilShown(page, work.done() + 1))).ms);
    }
  } finally {
    await work.stop();
    await thread.close();
    line.close();
    await opened.close();
  }
  const longest = Math.max(...times);
  return [
    {
      what: `a socket dead in silence -> caught up, ${rounds} times`,
      value: `p50 ${milliseconds(median(times))}  longest ${milliseconds(longest)}`,
      aim: under(1_000, longest),
    },
  ];
}

/** Until the page shows the words about a call, or about one after it: they are short and at its end. */
async function untilShown(page: Page, call: number): Promise<void> {
  await page.waitForFunction((least) => {
    const said = [...(document.body.textContent?.matchAll(/Line (\d+) is printed/g) ?? [])];
    return said.some(([, index]) => Number(index) >= least);
  }, call);
}
