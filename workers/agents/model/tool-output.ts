import { excerpt } from '#lib/core/excerpt.ts';
import type { RunState } from '#lib/core/state.ts';
import type { ToolResult } from '#lib/core/tool.ts';

/** Characters of a call's output that the model hears; a file of some 400 lines is whole. */
const outputLimit = 16_000;
const errorOutputLimit = 6_000;

export type ToolOutput = { type: 'text' | 'error-text'; value: string };

/** What the model hears of a call's end. `words`: what a person answered to its approval. */
export function toolOutput(result: ToolResult, words = ''): ToolOutput {
  const stdout = excerpt(result.stdout, outputLimit);
  const stderr = excerpt(result.stderr, errorOutputLimit);
  const said = words ? ` The person says: ${words}` : '';
  switch (result.status) {
    case 'succeeded':
      return { type: 'text', value: [stdout, stderr && `[stderr]\n${stderr}`].filter(Boolean).join('\n') || 'Done.' };
    case 'failed': {
      const how = result.returncode === null ? 'Failed' : `Failed with exit code ${result.returncode}`;
      const text = [`${how}.`, result.error, stdout, stderr && `[stderr]\n${stderr}`].filter(Boolean).join('\n');
      return { type: 'error-text', value: text };
    }
    case 'timed-out':
      return { type: 'error-text', value: `Took too long and was stopped; nothing was kept.\n${stdout}\n${stderr}`.trim() };
    case 'denied':
      return { type: 'error-text', value: `Denied: ${result.error ?? 'a rule forbids it'}. It was not run.` };
    case 'rejected':
      return { type: 'error-text', value: `Rejected: ${result.error ?? 'The person said no.'} Nothing of it was kept.${said}` };
    case 'cancelled':
      return { type: 'error-text', value: 'Cancelled: the run was stopped. Nothing of it was kept.' };
    case 'interrupted':
      return { type: 'error-text', value: `Interrupted: ${result.error ?? 'Choir stopped while this ran.'}` };
  }
}

/** What a person wrote with the answer to a call's approval. */
export function wordsAbout(run: RunState, callId: string): string {
  return run.approvals.findLast((approval) => approval.callId === callId)?.answer?.note ?? '';
}
