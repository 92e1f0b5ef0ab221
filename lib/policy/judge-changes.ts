import type { Rule, RuleMatch } from '#lib/core/rule.ts';
import { pathPattern } from './rules/path-pattern.ts';

/** One path that really changed; `oldPath` is gone with it. A core `FileChange` fits. */
export type ChangedPath = { path: string; oldPath?: string; status: string };

/** A rule that speaks of some of the changes, with the paths that made it speak. */
export type Broken = { rule: Rule; paths: string[] };

/**
 * What rules say of changes, however they came about. `deny`: nothing of them may stay. `ask`: a person is asked whether they stay.
 * `broken` holds every rule of that decision. A file that is moved away counts as deleted where it was.
 */
export function judgeChanges(changes: ChangedPath[], rules: Rule[]): { decision: 'allow' | 'ask' | 'deny'; broken: Broken[] } {
  const spoken = rules.filter(({ effect }) => effect !== 'allow').map((rule) => ({ rule, paths: pathsAgainst(rule, changes) }));
  for (const decision of ['deny', 'ask'] as const) {
    const broken = spoken.filter(({ rule, paths }) => rule.effect === decision && paths.length > 0);
    if (broken.length > 0) return { decision, broken };
  }
  return { decision: 'allow', broken: [] };
}

function pathsAgainst({ matches }: Rule, changes: ChangedPath[]): string[] {
  const patterns = matches.flatMap((match: RuleMatch) => (match.on === 'path' ? [{ act: match.act, names: pathPattern(match) }] : []));
  if (patterns.length === 0) return [];
  const touched = changes.flatMap(({ path, oldPath, status }) => [
    { path, gone: status === 'deleted' },
    ...(oldPath === undefined ? [] : [{ path: oldPath, gone: true }]),
  ]);
  const hit = touched.filter(({ path, gone }) => patterns.some(({ act, names }) => (act === 'write' || gone) && names(path)));
  return [...new Set(hit.map(({ path }) => path))];
}
