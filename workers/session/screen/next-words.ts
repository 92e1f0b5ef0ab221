import { readTerminalGoal } from '#lib/agents/terminal-goal.ts';
import type { ActiveRun, ApprovalState } from '#lib/core/state.ts';

/** Something to type; `about` names it in the session's log. */
export type Words = { about: string; text: string; isGuidance: boolean };

/** Their notes are the answer itself, or had no program to go to. */
const answering: ReadonlySet<ApprovalState['kind']> = new Set(['prompt', 'action', 'outside']);

/**
 * What the program has not been told since it started: the goal's lines one by one, then all that the person said in this run. A program that
 * was started again hears them again. Pure.
 */
export function nextWords(run: ActiveRun, told: ReadonlySet<string>): Words | null {
  const answers = new Set(run.approvals.filter(({ kind }) => answering.has(kind)).map(({ approvalId }) => approvalId));
  const lines = readTerminalGoal(run.goal).lines.map((text, index) => ({ about: `line-${index}`, text, isGuidance: false }));
  const said = run.guidance
    .filter(({ approvalId }) => !approvalId || !answers.has(approvalId))
    .map(({ guidanceId, text }) => ({ about: guidanceId, text, isGuidance: true }));
  return [...lines, ...said].find(({ about }) => !told.has(about)) ?? null;
}
