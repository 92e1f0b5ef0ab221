/** Lets each run have `limit` calls open at once. `enter` gives the way out, or null when there is no room. */
export function createCallLimit(limit: number): { enter(runId: string): (() => void) | null } {
  const open = new Map<string, number>();
  return {
    enter(runId) {
      const count = open.get(runId) ?? 0;
      if (count >= limit) return null;
      open.set(runId, count + 1);
      return () => {
        const left = (open.get(runId) ?? 1) - 1;
        if (left > 0) open.set(runId, left);
        else open.delete(runId);
      };
    },
  };
}
