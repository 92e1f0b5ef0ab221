import { expect, it } from 'vitest';
import { fold, foldAll } from '#lib/core/fold.ts';
import { revertedThread } from '#tests/builders/sample-threads.ts';
import { forPage } from './for-page.ts';

it('sends no output twice, and folds on to the same conversation', () => {
  const events = revertedThread();
  for (let seen = 10; seen < events.length; seen += 1) {
    let page = forPage(foldAll(events.slice(0, seen)), 1);
    const finished = page.run?.calls.filter(({ status }) => status === 'finished') ?? [];
    expect(finished.length).toBeLessThanOrEqual(1);
    for (const event of events.slice(seen)) page = fold(page, event);
    expect(page.items).toEqual(foldAll(events).items);
  }
});
