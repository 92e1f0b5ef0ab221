const quietMs = 60_000;
const rememberedRuns = 1_000;

export type RefusalLog = { isNews(runId: string): boolean };

/** A client that does not take no for an answer fills no ledger: of one run a refusal is news once a minute. */
export function createRefusalLog(now: () => number = Date.now): RefusalLog {
  const told = new Map<string, number>();
  return {
    isNews(runId) {
      if (now() - (told.get(runId) ?? Number.NEGATIVE_INFINITY) < quietMs) return false;
      told.delete(runId);
      told.set(runId, now());
      const oldest = told.keys().next().value;
      if (told.size > rememberedRuns && oldest !== undefined) told.delete(oldest);
      return true;
    },
  };
}
