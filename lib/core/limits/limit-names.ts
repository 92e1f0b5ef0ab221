/** Those of a run's own. */
export const ownLimits = ['budgetUsd', 'maxIterations', 'timeMs'] as const;
export type OwnLimit = (typeof ownLimits)[number];

/** `scope`: a budget above the run, of its thread, project or workspace. `price`: a budget that cannot hold, as the model's price is not known. */
export const limitNames = [...ownLimits, 'scope', 'price'] as const;
export type LimitName = (typeof limitNames)[number];
