import { keepsPart } from '#lib/core/keep-part.ts';
import type { RunState } from '#lib/core/state.ts';
import type { ToolResult } from '#lib/core/tool.ts';
import { excerpt } from '#lib/core/words/excerpt.ts';
import { refusalWords } from '#lib/core/words/refusal-words.ts';

/** Characters of a call's output that the model hears; a file of some 400 lines is whole. */
const outputLimit = 16_000;
const errorOutputLimit = 6_000;
/** Characters of all outputs of one answer: however many calls it makes, its results fit beside the rest. */
const answerLimit = 96_000;

export type ToolOutput = { type: 'text' | 'error-text'; value: string };

/** What the model hears of a call's end. `words`: of `wordsAbout`; `calls`: how many calls were made at once. */
export function toolOutput(result: ToolResult, words = '', calls = 1): ToolOutput {
  const share = Math.floor(answerLimit / Math.max(1, calls));
  const stdout = excerpt(result.stdout, Math.min(outputLimit, share));
  const stderr = excerpt(result.stderr, Math.min(errorOutputLimit, share));
  const streams = [stdout, stderr && `[stderr]\n${stderr}`];
  const lines = (...parts: (string | null)[]) => [...parts, words].filter(Boolean).join('\n');
  switch (result.status) {
    case 'succeeded':
      return { type: 'text', value: lines(...streams) || 'Done.' };
    case 'failed': {
      const how = result.returncode === null ? 'Failed.' : `Failed with exit code ${result.returncode}.`;
      return { type: 'error-text', value: lines(how, result.error, ...streams) };
    }
    case 'timed-out':
      return { type: 'error-text', value: lines('Took too long and was stopped; nothing was kept.', ...streams) };
    case 'denied':
      return { type: 'error-text', value: lines(`Denied: ${result.error ?? 'a rule forbids it.'} It was not run.`) };
    case 'rejected':
      return { type: 'error-text', value: lines(`Rejected: ${result.error ?? refusalWords('reject')} Nothing of it was kept.`) };
    case 'cancelled':
      return { type: 'error-text', value: 'Cancelled: the run was stopped. Nothing of it was kept.' };
    case 'interrupted':
      return { type: 'error-text', value: `Interrupted: ${result.error ?? 'Choir stopped while this ran.'}` };
  }
}

/** What became of a call by a person's yes or no, and what they wrote with it. The words of a Modify come as guidance. */
export function wordsAbout(run: RunState, callId: string): string {
  const approval = run.approvals.findLast((candidate) => candidate.callId === callId);
  if (!approval?.answer || approval.answer.decision === 'modify') return '';
  const { note } = approval.answer;
  const part = keepsPart(approval) ? 'Only a part of what this changed was kept: look at the files again.' : '';
  return [part, note && `The person says: ${note}`].filter(Boolean).join('\n');
}
