import { z } from 'zod';

const model = z.string().describe('provider/model');
const usualUsd = z.number().nonnegative().describe('US dollars for an ordinary goal');
const highUsd = z.number().nonnegative().describe('US dollars for a long one');

/** What a goal given to an agent will cost about, and how that is known. */
export const GoalCost = z.discriminatedUnion('basis', [
  z.object({
    basis: z.literal('free'),
    otherwise: z.string().nullable().describe('the agent that does what this one does not cover, at its own cost'),
  }),
  z
    .object({ basis: z.literal('own-server'), model: model.nullable() })
    .describe('a model on a server of your own, of which no price is named'),
  z.object({ basis: z.literal('past-goals'), model, usualUsd, highUsd, goals: z.number().int().positive() }),
  z.object({ basis: z.literal('list-prices'), model, usualUsd, highUsd, usualSteps: z.number().int(), highSteps: z.number().int() }),
  z.object({ basis: z.literal('unknown'), model: model.nullable() }).describe('no price is known'),
]);
export type GoalCost = z.infer<typeof GoalCost>;

/** A budget with less left, in US dollars, than a goal may cost. */
export const ShortBudget = z.object({
  scope: z.enum(['run', 'thread', 'project', 'workspace']),
  period: z.enum(['ever', 'month']),
  leftUsd: z.number().nonnegative(),
});
export type ShortBudget = z.infer<typeof ShortBudget>;
