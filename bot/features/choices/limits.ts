import { Composer } from 'grammy';
import { goalDefaults } from '#lib/agents/list-agents.ts';
import { RunLimits } from '#lib/core/limits/run-limits.ts';
import { describeAmount, describeDuration, describeLimits } from '#lib/core/words/describe-limit.ts';
import type { Incoming } from '../../incoming.ts';
import type { ButtonSpec, ChatText, TapOn } from '../../render/message-spec.ts';
import { bold, code, lines, paragraphs, rich } from '../../render/rich-text.ts';
import { choose, describeBounds, mark, readChoices, showMenu } from './choice-menu.ts';
import { readLimits } from './read-limits.ts';

const minute = 60_000;
/** One row of buttons each. */
const offers = {
  budgetUsd: { values: [1, 5, 20], label: (value: number) => `$${value}` },
  maxIterations: { values: [20, 50, 200], label: (value: number) => describeAmount('maxIterations', value) },
  timeMs: { values: [15 * minute, 60 * minute, 240 * minute], label: describeDuration },
  checkpointEveryMs: { values: [2 * minute, 10 * minute], label: (value: number) => `save every ${describeDuration(value)}` },
} satisfies Record<keyof RunLimits, { values: number[]; label(value: number): string }>;
const names = Object.keys(offers) as (keyof RunLimits)[];
const noLimits = Object.fromEntries(names.map((name) => [name, null]));

/** Where the next runs in this chat stop by themselves and ask. */
export const limits = new Composer<Incoming>();

limits.command('limits', async (incoming) => {
  const words = incoming.match.trim();
  if (words !== '') return chooseLimits(incoming, { do: 'limits', limits: readLimits(words) ?? noLimits });
  await showMenu(incoming, limitsMenu(incoming, (await readChoices(incoming)).limits ?? {}));
});

export async function chooseLimits(incoming: Incoming, { limits: named }: TapOn<'limits'>): Promise<void> {
  const { limits: chosen = {} } = await choose(incoming, ({ limits: before }) => {
    const all = Object.entries({ ...before, ...named });
    return { limits: RunLimits.parse(Object.fromEntries(all.filter(([, value]) => value !== null))) };
  });
  await showMenu(incoming, limitsMenu(incoming, chosen));
}

function limitsMenu(incoming: Incoming, chosen: RunLimits): ChatText {
  const { autonomousLimits } = goalDefaults(incoming.verb);
  const own = describeLimits(autonomousLimits);
  const rows = names.map((name) =>
    offers[name].values.map((value): ButtonSpec => {
      const isChosen = chosen[name] === value;
      return { label: mark(offers[name].label(value), isChosen), action: { do: 'limits', limits: { [name]: isChosen ? null : value } } };
    }),
  );
  const none: ButtonSpec = { label: 'No limits', action: { do: 'limits', limits: noLimits } };
  return {
    content: paragraphs(
      lines(bold('Where should the next runs stop and ask?'), describeBounds(chosen) || 'Nowhere: no limit is set.'),
      lines(
        rich('Others in words: ', code('/limits $2, 50 steps, 30 min, checkpoint every 5 min')),
        `An autonomous run has ${own} where you name nothing else.`,
      ),
    ),
    buttons: Object.keys(chosen).length > 0 ? [...rows, [none]] : rows,
  };
}
