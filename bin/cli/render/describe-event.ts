import type { LedgerEvent } from '#lib/core/event.ts';
import type { RunExtent, RunState, ThreadState } from '#lib/core/state.ts';
import { agentName } from '#lib/core/words/agent-name.ts';
import { describeAnswer } from '#lib/core/words/describe-answer.ts';
import { describeCost } from '#lib/core/words/describe-cost.ts';
import { describeLimits } from '#lib/core/words/describe-limit.ts';
import { formatCount, shortCount } from '#lib/core/words/format.ts';
import { unescapeMarkdown } from '#lib/core/words/unescape-markdown.ts';
import type { Style } from '../terminal.ts';
import { cleanLine, cleanText } from './clean-text.ts';
import { describeApproval } from './describe-approval.ts';
import { describeCall, describeResult } from './describe-call.ts';
import { describeChanges } from './describe-changes.ts';
import { describePlan, describeStepEnd, describeStepStart } from './describe-plan.ts';

/** The lines that one event adds to the terminal; `state` is the thread with the event folded in. Most bookkeeping adds none. */
export function describeEvent(state: ThreadState, event: LedgerEvent, style: Style): string[] {
  switch (event.type) {
    case 'goal.given':
      return [
        '',
        ...(event.data.guidanceIds ? [style.dim('Said too late for the run that ended, so it is the next goal:')] : []),
        `${style.bold('Goal')}  ${cleanText(event.data.text).trim()}`,
      ];
    case 'run.queued':
      return [style.dim(describeRun(event))];
    case 'guidance.given':
      return [`${style.blue('You')}  ${cleanText(event.data.text).trim()}`];
    case 'message.posted':
      return ['', ...cleanText(unescapeMarkdown(event.data.text)).trim().split('\n')];
    case 'plan.proposed':
      return ['', style.bold(event.data.revision > 1 ? 'New plan' : 'Plan'), ...describePlan(state.run?.steps ?? [], style)];
    case 'step.started':
      return ['', describeStepStart(state, event.data.stepId, style)];
    case 'step.finished':
      return [describeStepEnd(state, event.data, style)];
    case 'tool.proposed':
      return [`  ${describeCall(event.data.call)}`];
    case 'rule.enforced':
      return [style.yellow(`    ${cleanLine(event.data.detail)}`)];
    case 'tool.finished': {
      const finished = state.run?.calls.find(({ callId }) => callId === event.data.callId);
      return describeResult(event.data.result, style, finished?.call).map((line) => `    ${line}`);
    }
    case 'checkpoint.created':
      if (event.data.kind === 'base') return [];
      return [...describeChanges(event.data.changes, style), style.dim(`checkpoint #${event.data.number}`)].map((line) => `    ${line}`);
    case 'checkpoint.named':
      return [style.dim(`    named "${cleanLine(event.data.name)}"`)];
    case 'approval.requested':
      return ['', ...describeApproval(event.data, style)];
    case 'approval.answered': {
      const note = event.data.note ? `: ${cleanLine(event.data.note)}` : '';
      const via = event.via ? style.dim(` (${event.via})`) : '';
      const asked = state.run?.approvals.find(({ approvalId }) => approvalId === event.data.approvalId);
      return [`  ${describeAnswer(event.data, asked?.kind ?? null).toLowerCase()}${note}${via}`];
    }
    case 'approval.withdrawn':
      return [style.dim(`  withdrawn: ${cleanLine(event.data.reason)}`)];
    case 'thread.reverted':
      return [
        '',
        style.bold(`Reverted to ${checkpointLabel(state, event.data.checkpointId)} (${event.data.scope})`),
        ...describeChanges(event.data.changes, style).map((line) => `  ${line}`),
        ...event.data.cannotUndo.map((line) => style.yellow(`  stays done: ${cleanLine(line)}`)),
      ];
    case 'run.completed':
      return [
        '',
        headed(describeStanding(state.run, style), cleanText(unescapeMarkdown(news(state, event.data.summary))).trim()),
        ...describeBill(state, style),
      ];
    case 'run.failed':
      return ['', headed(describeStanding(state.run, style), cleanText(event.data.error).trim()), ...describeBill(state, style)];
    case 'run.cancelled':
      return ['', headed(describeStanding(state.run, style), cleanText(event.data.reason).trim()), ...describeBill(state, style)];
    case 'run.resumed':
      return event.data.reason === 'recovered' ? [style.dim('  a worker took over')] : [];
    default: {
      const item = state.items.at(-1);
      if (item?.kind !== 'notice' || item.key !== event.id) return [];
      return [item.text, ...item.details].map(
        (line) => `  ${item.tone === 'warn' ? style.yellow(cleanLine(line)) : style.dim(cleanLine(line))}`,
      );
    }
  }
}

function describeRun({ threadId, data }: Extract<LedgerEvent, { type: 'run.queued' }>): string {
  const { agent, agentReason, model, mode, dryRun, limits = {} } = data;
  const why = agentReason === 'chosen by the person' || agentReason === 'same as before' ? '' : ` (${cleanLine(agentReason)})`;
  const bounds = describeLimits(limits);
  const asks = bounds ? [`asks after ${bounds}`] : [];
  return [`${agentName(agent)}${why}`, ...(model ? [cleanLine(model)] : []), mode, ...(dryRun ? ['dry run'] : []), ...asks, threadId].join(
    ' · ',
  );
}

/** What the run cost, where it called a model at all. */
export function describeBill({ run }: ThreadState, style: Style): string[] {
  if (!run || run.cost.calls === 0) return [];
  const { calls, inputTokens, outputTokens } = run.cost;
  return [style.dim(`${describeCost(run.cost)} for ${formatCount(calls, 'model call')}, ${shortCount(inputTokens + outputTokens)} tokens`)];
}

function checkpointLabel(state: ThreadState, checkpointId: string): string {
  const checkpoint = state.checkpoints.find((candidate) => candidate.checkpointId === checkpointId);
  return checkpoint ? `#${checkpoint.number} ${cleanLine(checkpoint.name ?? checkpoint.label)}` : checkpointId;
}

/** What of a summary was not said just before. */
function news({ items }: ThreadState, summary: string): string {
  const end = items.at(-1);
  return end?.kind === 'run-ended' ? summary.slice(end.saidLength) : summary;
}

/** One line beside its heading; more than one below it. */
export function headed(heading: string, text: string): string {
  return text ? `${heading}${text.includes('\n') ? '\n' : '  '}${text}` : heading;
}

/** How far a run has come, in a word or two; of one that is done also how much of its plan. */
export function describeStanding(run: RunState | null, style: Style): string {
  switch (run?.status) {
    case 'completed':
      return doneWords(run.extent ?? 'whole', style);
    case 'failed':
      return style.red('✗ Failed');
    case 'cancelled':
      return style.yellow('■ Stopped');
    case 'waiting':
      return style.yellow('? Waits for you');
    default:
      return style.blue(run?.status === 'running' ? '◐ Runs' : '○ Queued');
  }
}

export function doneWords(extent: RunExtent, style: Style): string {
  return { whole: style.green('✓ Done'), part: style.bold('✓ Done in part'), nothing: style.bold('– Nothing was done') }[extent];
}
