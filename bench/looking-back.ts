import type { Page } from 'playwright-core';
import { listEventSeqs } from '#lib/history/list-event-seqs.ts';
import { readThreadGraph } from '#lib/history/read-thread-graph.ts';
import { readThreadEvents } from '#lib/threads/read-thread-events.ts';
import { openPhone } from './browser.ts';
import { type Figure, median, repeat, spread, under } from './measure.ts';
import type { Session } from './session.ts';

const opens = 7;
const pageOfEvents = 100;

/** The history and the timeline of a long thread: what they are read from, and how they open on a phone. */
export async function benchLookingBack(session: Session, threadId: string, length: number): Promise<Figure[]> {
  const { context } = session;
  const pages = await repeat(20, async (index) => {
    const after = Math.floor((length / 20) * index);
    await Array.fromAsync(await readThreadEvents(context, { threadId, after, limit: pageOfEvents }));
  });
  const words = await repeat(5, () => listEventSeqs(context, { threadId, text: `line-${length / 10}.` }));
  const kinds = await repeat(5, () => listEventSeqs(context, { threadId, kind: 'checkpoint' }));
  const graph = await repeat(5, () => readThreadGraph(context, { threadId, limit: 200 }));
  return [
    { what: `a page of ${pageOfEvents} events, anywhere in it`, value: spread(pages), aim: under(100, median(pages)) },
    { what: 'where rare words stand in it', value: spread(words) },
    { what: 'where its checkpoints stand', value: spread(kinds) },
    { what: 'the newest 200 checkpoints as a graph', value: spread(graph) },
    ...(await openOnPhone(session, threadId)),
  ];
}

async function openOnPhone(session: Session, threadId: string): Promise<Figure[]> {
  const opened = await openPhone(session);
  if (!opened) return [];
  try {
    const jumps: number[] = [];
    const shown: Record<'timeline' | 'history', number[]> = { timeline: [], history: [] };
    for (const view of ['timeline', 'history'] as const) {
      for (let open = 0; open < opens; open += 1) {
        const page = await opened.phone.newPage();
        const startedAt = performance.now();
        await page.goto(`${session.installation.url}/threads/${threadId}/${view}`, { waitUntil: 'commit' });
        await page
          .getByRole('region', { name: view === 'timeline' ? 'Timeline' : 'History' })
          .getByRole('button')
          .first()
          .waitFor();
        shown[view].push(performance.now() - startedAt);
        if (view === 'timeline') jumps.push(await jumpToMiddle(page));
        await page.close();
      }
    }
    return [
      { what: 'its timeline opened on a phone', value: spread(shown.timeline), aim: under(1_000, median(shown.timeline)) },
      { what: 'its middle shown after a jump of the scroll bar', value: spread(jumps), aim: under(300, median(jumps)) },
      { what: 'its history opened on a phone', value: spread(shown.history), aim: under(1_000, median(shown.history)) },
    ];
  } finally {
    await opened.close();
  }
}

async function jumpToMiddle(page: Page): Promise<number> {
  await page.getByText('Live', { exact: true }).waitFor();
  const startedAt = performance.now();
  await page.getByRole('region', { name: 'Timeline' }).evaluate((list) => list.scrollTo(0, list.scrollHeight / 2));
  await page.waitForFunction(() => document.querySelectorAll('section[aria-label=Timeline] button[aria-expanded]').length > 8);
  return performance.now() - startedAt;
}
