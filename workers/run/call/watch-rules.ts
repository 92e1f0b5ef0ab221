import { hearRulesChanged } from '#lib/bus/changed-rules.ts';
import type { RunContext } from '#workers/run/run-context.ts';

/** For changes that nobody heard of. */
const lookEveryMs = 5_000;

/** Calls `onChange` now, and whenever rules may have changed, one call after the other, until what it gives is called. One that fails is made again. */
export function watchRules({ bus }: Pick<RunContext, 'bus'>, workspaceId: string, onChange: () => Promise<void>): () => void {
  let isOver = false;
  let isWanted = false;
  let working = false;

  async function look(): Promise<void> {
    isWanted = true;
    if (working) return;
    working = true;
    while (isWanted && !isOver) {
      isWanted = false;
      await onChange().catch(() => {});
    }
    working = false;
  }

  const stopHearing = hearRulesChanged(bus, workspaceId, look);
  const timer = setInterval(look, lookEveryMs);
  void look();
  return () => {
    isOver = true;
    clearInterval(timer);
    stopHearing();
  };
}
