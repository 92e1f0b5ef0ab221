import type { RunState } from '#lib/core/state.ts';
import { inlineCode } from './actionizer/show-result.ts';

const linesLimit = 30;

/** What a run came to, from its steps and results alone: what was done, how commands ended, what was left out and why. */
export function summarizeRun(run: RunState): string {
  const done = run.steps.filter(({ status }) => status === 'done');
  const rest = run.steps.filter(({ status }) => status !== 'done');
  const lines = done.map((step) => {
    const command = run.calls.findLast(
      (call) => call.stepId === step.step_id && call.call.tool === 'run_command' && call.result?.status === 'succeeded',
    );
    const output = command?.result?.stdout.trim();
    const short = output && output.length <= 120 && !output.includes('\n') ? `: ${inlineCode(output)}` : '';
    return `- ${plain(step.title)}${command ? ` (exit code ${command.result?.returncode ?? 0})${short}` : ''}`;
  });
  const missed = rest.map((step) => {
    const last = run.calls.findLast((call) => call.stepId === step.step_id);
    if (last?.result?.status === 'denied') return `- ${plain(step.title)}: not allowed.`;
    return `- ${plain(step.title)}: ${step.status === 'failed' ? 'failed' : 'skipped'}. ${plain(step.note)}`;
  });
  const head = rest.length === 0 ? [] : [`${done.length} of ${run.steps.length} steps done.`];
  if (rest.length === 0 && lines.length === 1) return lines.join('').slice(2);
  return [...head, ...shortened(lines), ...(missed.length > 0 ? ['', 'Not done:', ...shortened(missed)] : [])].join('\n');
}

function shortened(lines: string[]): string[] {
  return lines.length <= linesLimit ? lines : [...lines.slice(0, linesLimit), `- and ${lines.length - linesLimit} more`];
}

/** Titles quote what people and files say: nothing in them may act as Markdown. */
function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/([\\`*_[\]<>#|$~])/g, '\\$1');
}
