import { gzipSync } from 'node:zlib';
import type { BrowserContext, Page } from 'playwright-core';
import { subjects } from '#lib/bus/streams.ts';
import { openPhone } from './browser.ts';
import { type Figure, milliseconds, percentile, under } from './measure.ts';
import type { Session } from './session.ts';
import { keepWorking } from './tool-commands.ts';

const wheels = 200;
const wheelPixels = 800;
const mostRows = 200;
const firstLoadBytes = 200_000;
const presses = 40;

declare global {
  /** Durations of tasks and of the answers to presses, as the browser itself measures them. */
  var measured: { tasks: number[]; presses: number[] };
}

/** A long thread read back on a phone: what is loaded first, and whether scrolling through it ever stops the page. */
export async function benchReading(phone: BrowserContext, url: string): Promise<Figure[]> {
  const page = await openMeasured(phone, url);
  const firstLoad = await bytesOfScripts(page, url);
  await page.mouse.move(195, 400);
  await page.evaluate(() => {
    measured.tasks = [];
  });
  let rows = 0;
  for (let turn = 0; turn < wheels; turn += 1) {
    await page.mouse.wheel(0, turn < wheels * 0.75 ? -wheelPixels : wheelPixels);
    await page.evaluate(() => new Promise(requestAnimationFrame));
    rows = Math.max(rows, await page.locator('[data-row]').count());
  }
  const tasks = await page.evaluate(() => measured.tasks);
  await page.close();
  const longest = Math.max(0, ...tasks);
  const kilobytes = `${(firstLoad / 1_000).toFixed(0)} kB`;
  return [
    { what: 'first-load JavaScript of a thread, gzip', value: kilobytes, aim: { text: 'under 200 kB', met: firstLoad < firstLoadBytes } },
    {
      what: `longest task of ${wheels} turns of the wheel through it`,
      value: longest === 0 ? 'none over 50 ms' : milliseconds(longest),
      aim: under(50, longest),
    },
    { what: 'rows in the page at most', value: String(rows), aim: { text: `under ${mostRows}`, met: rows < mostRows } },
  ];
}

/** How soon presses and keys are answered while an agent writes without a pause: 60 frames of text and 20 calls a second. */
export async function benchAnswering(session: Session): Promise<Figure[]> {
  const opened = await openPhone(session);
  if (!opened) return [];
  const { context, holdThread, installation } = session;
  const thread = await holdThread();
  const { threadId, runId, close } = thread;
  const { workspaceId } = context.actor as { workspaceId: string };
  let streaming = true;
  const text = (async () => {
    while (streaming) {
      const frame = { runId, callId: runId, stream: 'text', text: 'The basket adds up again. ' };
      context.bus.connection.publish(subjects.typing(workspaceId, threadId), JSON.stringify(frame));
      await new Promise((resolve) => setTimeout(resolve, 16));
    }
  })();
  const work = keepWorking(context.ledger, thread, 50);
  try {
    const page = await openMeasured(opened.phone, `${installation.url}/threads/${threadId}`);
    for (let press = 0; press < presses; press += 1) {
      await page.getByRole('textbox').press('a');
      await page.getByRole('textbox').click();
    }
    const answers = await page.evaluate(() => measured.presses);
    await page.close();
    const inp = percentile(answers, 0.98);
    return [
      { what: `answer to a press or key while a run streams, p98 of ${answers.length}`, value: milliseconds(inp), aim: under(100, inp) },
    ];
  } finally {
    streaming = false;
    await Promise.all([text, work.stop()]);
    await close();
    await opened.close();
  }
}

async function openMeasured(phone: BrowserContext, url: string): Promise<Page> {
  const page = await phone.newPage();
  await page.addInitScript(() => {
    globalThis.measured = { tasks: [], presses: [] };
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) measured.tasks.push(duration);
    }).observe({ type: 'longtask' });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { interactionId: number })[])
        if (entry.interactionId > 0) measured.presses.push(entry.duration);
    }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
  });
  await page.goto(url);
  await page.getByText('Live', { exact: true }).waitFor();
  return page;
}

async function bytesOfScripts(page: Page, url: string): Promise<number> {
  const html = await (await page.request.get(url)).text();
  const tags = [...html.matchAll(/<script[^>]+src="([^"]+)"[^>]*>/g)].filter(([tag]) => !/nomodule/i.test(tag));
  const sources = new Set(tags.map(([, source]) => source ?? ''));
  const sizes = await Promise.all(
    [...sources].map(async (source) => gzipSync(await (await page.request.get(new URL(source, url).href)).body()).length),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
