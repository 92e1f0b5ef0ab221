import type { z } from 'zod';
import type { Context } from '#lib/context.ts';
import { listWorking, type WorkingRun } from './list-working.ts';
import { type MeasureRuns, measureRuns, type RunMetrics } from './measure-runs.ts';
import { type Health, readHealth } from './read-health.ts';

export type Activity = { working: WorkingRun[]; metrics: RunMetrics; health: Health };

/** Who works on what, how the runs of the last days went, and how the parts of this installation are. */
export async function getActivity(context: Context, input: z.input<typeof MeasureRuns> = {}): Promise<Activity> {
  const [working, metrics, health] = await Promise.all([listWorking(context), measureRuns(context, input), readHealth(context)]);
  return { working, metrics, health };
}
