import type { PlanStep } from '#lib/core/plan.ts';
import { Task } from '../actionizer/task.ts';
import type { Draft } from './clause.ts';

/** Drafts as steps of a plan. `firstNumber` keeps the ids new in a plan that has steps already. */
export function toSteps(drafts: Draft[], firstNumber = 1): PlanStep[] {
  return drafts.map((draft, index) => ({
    step_id: `s${firstNumber + index}`,
    title: draft.title.slice(0, 300),
    kind: draft.kind,
    depends_on: drafts.flatMap((earlier, at) => (at < index && needs(draft, earlier) ? [`s${firstNumber + at}`] : [])).slice(-64),
    notes: JSON.stringify(Task.parse(draft.task)),
    confidence: draft.confidence,
  }));
}

const runs = new Set<Draft['kind']>(['command', 'install']);

/** Steps wait for what they touch; commands wait for commands and installs too. So one refused step takes only its own with it. */
function needs(draft: Draft, earlier: Draft): boolean {
  if (draft.kind === 'answer' || earlier.kind === 'answer') return false;
  if (runs.has(draft.kind) && (runs.has(earlier.kind) || earlier.kind === 'scaffold')) return true;
  return touchedPaths(draft).some((path) => touchedPaths(earlier).some((other) => overlap(path, other)));
}

function overlap(left: string, right: string): boolean {
  return left === right || left.startsWith(`${right}/`) || right.startsWith(`${left}/`);
}

function touchedPaths({ task }: Draft): string[] {
  switch (task.do) {
    case 'calls':
      return task.calls.flatMap((call) => {
        if (call.tool === 'move_path') return [call.args.from, call.args.to];
        if (call.tool === 'run_command') return call.args.cwd === '.' ? [] : [call.args.cwd];
        return 'path' in call.args && call.args.path && call.args.path !== '.' ? [call.args.path] : [];
      });
    case 'append':
    case 'run-file':
      return [task.path];
    case 'copy':
      return [task.from, task.to];
    default:
      return [];
  }
}
