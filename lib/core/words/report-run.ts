import { workedMs } from '#lib/core/limits/limit-reached.ts';
import type { CallState, RunState, ThreadState } from '#lib/core/state.ts';
import { describeCost } from './describe-cost.ts';
import { describeDuration } from './describe-limit.ts';
import { formatCount, shortCount } from './format.ts';

const namedFiles = 10;

/** What a run ends with: its last words, and behind them the report where nobody looked on. */
export function closingWords(state: ThreadState, run: RunState, words: string, now = Date.now()): string {
  return run.mode === 'autonomous' ? `${words}\n\n${reportRun(state, run, now)}` : words;
}

/** What a run on its own has come to, as a Markdown list: done, changed, asked, refused, spent. Pure; `now` in ms since 1970. */
export function reportRun(state: ThreadState, run: RunState, now: number): string {
  return [...steps(run), ...changes(state, run), ...asked(run), ...refused(run), bill(run, now)].map((line) => `- ${line}`).join('\n');
}

function steps(run: RunState): string[] {
  if (run.steps.length === 0) return [];
  const done = run.steps.filter(({ status }) => status === 'done').length;
  return [`Steps: ${done} of ${run.steps.length} done`];
}

function changes(state: ThreadState, { runId }: RunState): string[] {
  const own = state.checkpoints.filter((checkpoint) => checkpoint.runId === runId);
  const first = own[0];
  const last = own.at(-1);
  if (!first || !last) return ['Files: none changed'];
  const paths = [...new Set(own.flatMap((checkpoint) => checkpoint.changes.files.map(({ path }) => path)))];
  const more = paths.length > namedFiles ? ` and ${paths.length - namedFiles} more` : '';
  const points = first === last ? `checkpoint #${first.number}` : `checkpoints #${first.number} to #${last.number}`;
  return [`Files: ${paths.length} changed in ${points}: ${paths.slice(0, namedFiles).map(inlineCode).join(', ')}${more}`];
}

function asked({ approvals }: RunState): string[] {
  const answers = approvals.flatMap(({ answer }) => answer?.decision ?? []);
  if (answers.length === 0) return ['Asked: nothing'];
  const count = (decision: string) => answers.filter((given) => given === decision).length;
  const counts = [
    [count('approve'), 'approved'],
    [count('reject'), 'rejected'],
    [count('modify'), 'answered with other words'],
  ] as const;
  return [`Asked: ${answers.length} (${counts.flatMap(([n, word]) => (n > 0 ? [`${n} ${word}`] : [])).join(', ')})`];
}

function refused({ calls }: RunState): string[] {
  const denied = calls.filter(({ result }) => result?.status === 'denied');
  if (denied.length === 0) return [];
  return [`Refused by the rules: ${denied.length}, the last one ${whatFor(denied.at(-1))}`];
}

function whatFor(call: CallState | undefined): string {
  return call?.verdict.reason ? `because: ${call.verdict.reason.replaceAll(/\s+/g, ' ')}` : 'without a reason';
}

function bill(run: RunState, now: number): string {
  const { calls, inputTokens, outputTokens } = run.cost;
  const time = `${describeDuration(workedMs(run, now))} of work`;
  if (calls === 0) return `Cost: no model was called; ${time}`;
  return `Cost: ${describeCost(run.cost)} in ${formatCount(calls, 'model call')}, ${shortCount(inputTokens + outputTokens)} tokens; ${time}`;
}

/** Agents and repositories choose paths: nothing in one may act as Markdown. */
function inlineCode(text: string): string {
  const fence = '`'.repeat(Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length)) + 1);
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${text.replaceAll(/\s+/g, ' ')}${pad}${fence}`;
}
