import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { PlanCard } from './plan-card.tsx';

type PlanItem = Parameters<typeof PlanCard>[0]['item'];

function draw(count: number, isReplaced: boolean): string {
  const rest = { kind: 'edit', depends_on: [], notes: '', status: 'pending', note: '', attempts: 0, marks: [] } as const;
  const steps = Array.from({ length: count }, (_, index) => ({ ...rest, step_id: `s${index}`, title: `Step ${index}` }));
  const item = { kind: 'plan', key: 'k', seq: 1, at: '', actor: 'agent', revision: 1, reason: '', steps, isReplaced };
  return renderToStaticMarkup(<PlanCard item={item as unknown as PlanItem} />);
}

const parts = (markup: string) => ({
  list: markup.includes('<ol'),
  bar: markup.includes('bg-good'),
  press: /<button.*?>(?:<[^>]+>)*([^<]+)/.exec(markup)?.[1] ?? null,
});

test.each([1, 2, 12])('a replaced plan of %i steps says how far it came, without a list or a bar, and what shows its steps', (count) => {
  const markup = draw(count, true);
  expect(markup).toContain(`0 of ${count} done`);
  expect(parts(markup)).toEqual({ list: false, bar: false, press: count === 1 ? 'Show the step' : `Show the ${count} steps` });
});

test('a plan that goes on shows its steps, and of a long one how far it is', () => {
  expect(parts(draw(2, false))).toEqual({ list: true, bar: false, press: null });
  expect(parts(draw(12, false))).toEqual({ list: true, bar: true, press: 'Show all 12 steps' });
});
