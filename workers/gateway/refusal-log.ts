const quietMs = 10_000;
const rememberedRuns = 1_000;

export type RefusalLog = { isNews(runId: string): boolean };

/** Of one run a refusal is news once in `quietMs`. */
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
