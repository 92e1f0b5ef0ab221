import { z } from 'zod';
import { limitNames } from './limit-names.ts';

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

/** The bounds of a run that works on its own, where the person named none; its budget is the installation's. */
export const autonomousLimits = { maxIterations: 200, timeMs: 2 * 3_600_000, checkpointEveryMs: 10 * 60_000 } satisfies RunLimits;

/** A limit that a run has come to, in the limit's unit. `next`: where it will stand when the person lets the run go on. */
export const ReachedLimit = z.object({ limit: z.enum(limitNames), used: z.number(), allowed: z.number(), next: z.number() });
export type ReachedLimit = z.infer<typeof ReachedLimit>;

/** How a run that works in a process of its own is overseen: each act is asked for, or what came of a turn. */
export const judgements = ['action', 'turn'] as const;
export type Judgement = (typeof judgements)[number];
