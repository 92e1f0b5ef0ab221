import { z } from 'zod';

/** Where a run stops by itself and asks. Money in US dollars, over the run and all its child runs. */
export const RunLimits = z.object({
  budgetUsd: z.number().positive().max(10_000).optional(),
  maxIterations: z.number().int().positive().max(10_000).optional(),
  timeMs: z
    .number()
    .int()
    .positive()
    .max(7 * 24 * 3_600_000)
    .optional(),
  checkpointEveryMs: z.number().int().min(10_000).optional(),
});
export type RunLimits = z.infer<typeof RunLimits>;

/** How a run that works in a process of its own is overseen: each act is asked for, or what came of a turn. */
export const judgements = ['action', 'turn'] as const;
export type Judgement = (typeof judgements)[number];
