import type { ApprovalDecision, Effect } from '#lib/core/approval.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import type { ApprovalState } from '#lib/core/state.ts';
import { listChanges } from '#lib/git/diff/list-changes.ts';

export type KeptPaths = {
  decision: ApprovalDecision;
  kind: ApprovalState['kind'];
  keepPaths: string[];
  effect: Effect | undefined;
  /** Where the effect's commit stands, and the commit it was made on. */
  store: string;
  baseCommit: string;
};

/** The paths of an effect that a person keeps, or undefined when that is all of them. Throws `invalid` for a path that is none of the effect's. */
export async function checkKeptPaths({ decision, kind, keepPaths, effect, store, baseCommit }: KeptPaths): Promise<string[] | undefined> {
  if (decision !== 'approve') throw new DomainError('invalid', 'Only a yes keeps files.');
  if ((kind !== 'effect' && kind !== 'turn') || !effect) throw new DomainError('invalid', 'This question shows no files to choose from.');
  const { files, fileCount } = effect.changes;
  const listed = files.length < fileCount ? await listChanges({ store, from: baseCommit, to: effect.commit }) : [];
  const known = new Set([...files, ...listed].map(({ path }) => path));
  const strange = keepPaths.find((path) => !known.has(path));
  if (strange !== undefined) throw new DomainError('invalid', `“${strange.slice(0, 200)}” is not among the files that are shown.`);
  const wanted = [...new Set(keepPaths)];
  return wanted.length === known.size ? undefined : wanted;
}
