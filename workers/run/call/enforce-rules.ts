import type { ChangeSummary } from '#lib/core/change.ts';
import type { Command } from '#lib/core/decide.ts';
import type { TreeChange } from '#lib/git/commit/tree-change.ts';
import { everyChange } from '#lib/git/diff/every-change.ts';
import { isWithin } from '#lib/git/objects/tree-path.ts';
import { parkedRef, setRefs } from '#lib/git/store/refs.ts';
import { type Broken, type ChangedPath, judgeChanges } from '#lib/policy/judge-changes.ts';
import { rulesInForce } from '#lib/rules/rules-in-force.ts';
import type { RunContext, RunSnapshot } from '#workers/run/run-context.ts';
import { findLost } from './find-lost.ts';

/** A commit that is about to become a checkpoint. `id` names it if it must be parked; `touched` is what its overlay changed. */
export type Candidate = { id: string; from: string; commit: string; summary: ChangeSummary; touched: TreeChange[] };

/** `deny`: nothing may be kept; the commit hangs on a ref of its own, and `commands` tell the thread, in the append that ends the call. */
export type Enforcement =
  | { decision: 'allow' }
  | { decision: 'ask'; reason: string; ruleIds: string[] }
  | { decision: 'deny'; reason: string; commands: Extract<Command, { type: 'enforce-rule' }>[] };

const listedPaths = 200;

/** The rules once more, on what really changed: whatever way it came into the tree, a change against a rule is found here. */
export async function enforceRules(context: RunContext, { state, run }: RunSnapshot, candidate: Candidate): Promise<Enforcement> {
  const rules = await rulesInForce(context.database, { ...state, runId: run.runId });
  const store = context.home.store(state.projectId);
  const about = rules.some(({ matches }) => matches.some(({ on }) => on === 'path'));
  const { decision, broken } = judgeChanges(about ? await changedPaths(context, store, candidate) : [], rules);
  if (decision === 'allow') return { decision };
  if (decision === 'ask') {
    return { decision, reason: tell(broken, 'wants you asked about'), ruleIds: broken.map(({ rule }) => rule.ruleId) };
  }
  const { id, from, commit } = candidate;
  const parked = commit === from ? {} : { parkedCommit: commit };
  if (parked.parkedCommit) await setRefs({ store, refs: { [parkedRef(context.threadId, id)]: commit } });
  const commands = broken.map(({ rule, paths }) => ({
    type: 'enforce-rule' as const,
    runId: run.runId,
    ruleId: rule.ruleId,
    text: rule.text,
    detail: parked.parkedCommit ? `It is set aside: npx choir diff --to ${commit.slice(0, 12)}` : 'Nothing of it was kept.',
    paths: paths.slice(0, listedPaths),
    ...parked,
  }));
  return { decision, reason: `Nothing of it was kept. ${tell(broken, 'forbids a change to')}`, commands };
}

/** All of it: what the commit changes, and what no checkpoint holds. */
async function changedPaths(context: RunContext, store: string, candidate: Candidate): Promise<ChangedPath[]> {
  const { summary, touched } = candidate;
  const lost = await findLost(context, touched);
  const leftOut = new Set(summary.leftOut.map(({ path }) => path));
  const unheld = touched.filter(({ path }) => isWithin(path, leftOut));
  return [
    ...(await everyChange(store, candidate)),
    ...unheld.map(({ path, kind }) => ({ path, status: kind })),
    ...lost.map((path) => ({ path, status: 'deleted' })),
  ];
}

function tell(broken: Broken[], verb: string): string {
  return broken
    .map(({ rule, paths }) => {
      const more = paths.length > 3 ? ` and ${paths.length - 3} more` : '';
      return `The rule “${rule.text}” ${verb} ${paths.slice(0, 3).join(', ')}${more}.`;
    })
    .join(' ');
}
