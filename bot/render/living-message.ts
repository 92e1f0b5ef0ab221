import { workedMs } from '#lib/core/limits/limit-reached.ts';
import { isActive, isHidden, isOpenStep, type RunState, type StepState, type ThreadState } from '#lib/core/state.ts';
import { agentName } from '#lib/core/words/agent-name.ts';
import { describeCall } from '#lib/core/words/describe-call.ts';
import { describeCost } from '#lib/core/words/describe-cost.ts';
import { markdown } from './markdown.ts';
import type { ChatText } from './message-spec.ts';
import { bold, code, cutRich, fold, lines, type Part, paragraphs, quote, type RichText, rich, struck } from './rich-text.ts';
import { runIcon } from './run-icons.ts';
import { exactLine, proseLine } from './safe-text.ts';
import { stepAsWorked } from './step-as-worked.ts';

const saidLimit = 900;
const shownSteps = 10;
const shownDetails = 8;

/** A run in one message: goal, plan with ticks, what happens now, what the agent said last, time and money. `typed`: what it is saying now. */
export function livingMessage(state: ThreadState, run: RunState, { now, typed = '' }: { now: number; typed?: string }): ChatText {
  const active = isActive(run);
  const content = paragraphs(
    rich(`${iconOf(run)} `, bold(proseLine(run.goal, 100))),
    planLines(active ? run.steps : run.steps.map(stepAsWorked)),
    active && currentAction(run),
    active ? quote(said(state, run, typed)) : fold(saidLast(state, run)),
    active && lastNotice(state, run),
    active && footer(run, now),
  );
  return { content, buttons: active ? [[{ label: '⏹ Stop', action: { do: 'stop', threadId: state.threadId, runId: run.runId } }]] : [] };
}

/** As the message of its end says it: not every run that ended well did something. */
function iconOf(run: RunState): string {
  return runIcon(run.status, run.extent ?? null);
}

function planLines(steps: StepState[]): RichText {
  const at = steps.findIndex(isOpenStep);
  const from = steps.length <= shownSteps ? 0 : Math.max(0, Math.min(at < 0 ? 0 : at - 2, steps.length - shownSteps));
  const shown = steps.slice(from, from + shownSteps);
  const rest = steps.length - from - shown.length;
  return lines(from > 0 && `✓ ${from} done before`, ...shown.map(stepLine), rest > 0 && `and ${rest} more`);
}

function stepLine({ title, status, note }: StepState): Part {
  const words = exactLine(title, 90);
  if (status === 'running') return rich('▸ ', bold(words));
  if (status === 'skipped') return rich('– ', struck(words));
  if (status === 'failed') return `✗ ${words}${note ? `: ${proseLine(note, 120)}` : ''}`;
  return `${status === 'done' ? '✓' : '·'} ${words}`;
}

function currentAction(run: RunState): RichText | string {
  if (run.status === 'queued') return 'Waiting for a worker.';
  if (run.status === 'waiting') return 'Waiting for your answer.';
  const call = run.calls.findLast(({ status }) => status !== 'finished');
  if (!call) return run.steps.length === 0 ? 'Thinking…' : '';
  const { verb, object, code: isCode } = describeCall(call.call, 'doing');
  return rich(`${verb} `, isCode ? code(exactLine(object, 100)) : object, '…');
}

/** What went wrong last; of a run on its own its checklist, too. */
function lastNotice({ items }: ThreadState, { runId, mode }: RunState): RichText {
  const item = items.findLast(
    (candidate) => candidate.kind === 'notice' && candidate.runId === runId && (candidate.tone === 'warn' || mode === 'autonomous'),
  );
  if (item?.kind !== 'notice') return lines();
  const head = `${item.tone === 'warn' ? '⚠️ ' : ''}${proseLine(item.text, 120)}`;
  return fold(lines(head, ...item.details.slice(0, shownDetails).map((detail) => proseLine(detail, 120))));
}

function said({ items, hidden }: ThreadState, run: RunState, typed: string): RichText {
  const last = items.findLast((item) => item.kind === 'message' && item.runId === run.runId && !isHidden(hidden, item.seq));
  return inQuote(typed || (last?.kind === 'message' ? last.text : ''));
}

/** What a run said before its end, such as what a command printed; the end itself is a message of its own. */
function saidLast({ items }: ThreadState, run: RunState): RichText {
  const last = items.findLast((item) => item.kind === 'message' && item.runId === run.runId);
  const text = last?.kind === 'message' ? last.text.trim() : '';
  return inQuote(run.outcome?.includes(text) ? '' : text);
}

function inQuote(text: string): RichText {
  return cutRich(withoutQuotes(markdown(text)), saidLimit);
}

/** Code blocks inside of a quotation stay; nothing else that Telegram refuses there can come from Markdown. */
function withoutQuotes(content: RichText): RichText {
  return { ...content, entities: content.entities.filter(({ type }) => type !== 'blockquote' && type !== 'expandable_blockquote') };
}

function footer(run: RunState, now: number): string {
  const cost = run.cost.calls > 0 ? describeCost(run.cost) : '';
  const agent = agentName(run.agent);
  const mode = run.dryRun ? 'dry run' : run.mode === 'assisted' ? '' : run.mode;
  return [describeElapsed(workedMs(run, now)), cost, agent, mode].filter(Boolean).join(' · ');
}

/** In steps that grow with time, so that a clock alone does not make edits. */
function describeElapsed(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1_000);
  if (seconds < 5) return '';
  if (seconds < 60) return `${Math.floor(seconds / 5) * 5} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
