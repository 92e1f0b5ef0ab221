import type { EventType, LedgerEvent } from '#lib/core/event.ts';
import { agentName } from '#lib/core/words/agent-name.ts';
import { describeAnswer } from '#lib/core/words/describe-answer.ts';
import { describeCall, describeResult, hasFailed } from '#lib/core/words/describe-call.ts';
import { describeChecks } from '#lib/core/words/describe-checks.ts';
import { formatCount } from '#lib/core/words/format.ts';
import { describeError } from '#lib/core/words/refusal-words.ts';

type EventOf<Type extends EventType> = Extract<LedgerEvent, { type: Type }>;

/** One line for one event: what happened, and the one thing that it is about. `code`: the object is a machine's text. */
export type Summary = { what: string; object?: string; code?: boolean; tone?: 'good' | 'bad' | 'warn' };

const completions = { whole: 'Run done', part: 'Run done in part', nothing: 'Nothing was done' } as const;
const stepEnds = { done: 'Step done', failed: 'Step failed', skipped: 'Step skipped' } as const;
const resumes = { answered: 'Went on after an answer', recovered: 'Another worker took over', retried: 'Tried again' } as const;
const sessions = { new: 'Agent started', resumed: 'Agent took up its session', restarted: 'Agent started again' } as const;

const summaries: { [Type in EventType]: (event: EventOf<Type>, begun?: LedgerEvent) => Summary } = {
  'thread.created': ({ data }) => ({ what: 'Thread opened in', object: data.projectName }),
  'goal.given': ({ data }) => ({ what: 'Goal', object: data.text }),
  'run.queued': ({ data }) => ({ what: 'Run queued for', object: agentName(data.agent) }),
  'run.started': () => ({ what: 'Run started' }),
  'run.resumed': ({ data }) => ({ what: resumes[data.reason] }),
  'run.completed': ({ data: { summary, extent = 'whole' } }) => ({
    what: completions[extent],
    object: summary,
    tone: extent === 'whole' ? 'good' : undefined,
  }),
  'run.failed': ({ data }) => ({ what: 'Run failed', object: data.error, tone: 'bad' }),
  'run.cancelled': ({ data }) => ({ what: 'Run stopped', object: data.reason, tone: 'warn' }),
  'run.preflighted': ({ data }) => {
    const { words, isWarning } = describeChecks(data.checks);
    return isWarning ? { what: words, tone: 'warn' } : { what: 'Checked before the first move' };
  },
  'guidance.given': ({ data }) => ({ what: 'Guidance', object: data.text }),
  'guidance.delivered': () => ({ what: 'Guidance delivered' }),
  'message.posted': ({ data }) => ({ what: 'Said', object: data.text }),
  'plan.proposed': ({ data }) => ({
    what: data.revision > 1 ? 'New plan' : 'Plan',
    object: data.steps.map(({ title }) => title).join(' · '),
  }),
  'step.started': ({ data }) => ({ what: 'Step started', object: data.title ?? data.stepId }),
  'step.finished': ({ data }) => ({
    what: stepEnds[data.status],
    object: [data.title ?? data.stepId, data.status === 'done' ? '' : data.note].filter(Boolean).join(': '),
    tone: data.status === 'failed' ? 'bad' : undefined,
  }),
  'tool.proposed': ({ data }) => {
    const { verb, object, code } = describeCall(data.call, 'doing');
    return {
      what: data.verdict.decision === 'deny' ? `Denied: ${verb}` : verb,
      object,
      code,
      tone: data.verdict.decision === 'deny' ? 'warn' : undefined,
    };
  },
  'tool.started': ({ data }, begun) => ({ what: data.network ? 'Call started, with network' : 'Call started', object: named(begun) }),
  'tool.finished': ({ data: { result } }, begun) => ({
    what: `Call ${result.status === 'succeeded' ? 'done' : result.status}`,
    object: [
      named(begun),
      describeResult('run_command', { ...result, status: 'succeeded' }),
      firstLine(describeError(result) || result.stdout || result.stderr),
    ]
      .filter(Boolean)
      .join(' · '),
    tone: hasFailed(result) ? 'bad' : undefined,
  }),
  'approval.requested': ({ data }) => ({ what: 'Asked', object: data.reason, tone: 'warn' }),
  'approval.answered': ({ data }, begun) => ({
    what: describeAnswer(data, begun?.type === 'approval.requested' ? begun.data.kind : null),
    object: data.note,
  }),
  'approval.delivered': () => ({ what: 'Answer delivered' }),
  'approval.executed': ({ data }) => ({ what: 'Answer carried out', object: data.outcome }),
  'approval.withdrawn': ({ data }) => ({ what: 'Question withdrawn', object: data.reason }),
  'model.called': ({ data }) => ({
    what: data.outcome === 'ok' ? 'Model called' : `Model call ${data.outcome}`,
    object: data.model,
    tone: data.outcome === 'ok' ? undefined : 'warn',
  }),
  'model.answered': ({ data }) => ({
    what: 'Model answered',
    object: [
      ...(data.calls.length > 0 ? [`with ${formatCount(data.calls.length, 'call')}`] : []),
      ...(data.aside ? [data.aside.text] : []),
    ].join(' · '),
    tone: data.aside?.tone === 'warn' ? 'warn' : undefined,
  }),
  'context.compacted': ({ data }) => ({ what: 'Summarised for the model', object: data.summary }),
  'context.collected': ({ data }) => ({ what: 'Read for the model', object: data.parts.map(({ name }) => name).join(', ') }),
  'session.started': ({ data }) => ({ what: sessions[data.how], object: data.version }),
  'session.ended': ({ data }) => ({
    what: `Agent ended: ${data.reason}`,
    object: data.detail,
    tone: data.reason === 'crashed' ? 'bad' : undefined,
  }),
  'rule.added': ({ data }) => ({ what: 'Rule added', object: data.rule.text }),
  'rule.revoked': ({ data }) => ({ what: 'Rule revoked', object: data.text }),
  'rule.enforced': ({ data }) => ({ what: 'Stopped by a rule', object: data.text, tone: 'warn' }),
  'checkpoint.created': ({ data }) => ({ what: `Checkpoint #${data.number}`, object: data.label }),
  'checkpoint.named': ({ data }) => ({ what: 'Checkpoint named', object: data.name }),
  'thread.reverted': ({ data }) => ({
    what: 'Went back',
    object: data.scope === 'both' ? 'code and conversation' : `${data.scope} only`,
    tone: 'warn',
  }),
};

/** `begun`: the event that proposed its call or asked its question, where that is known. */
export function summarizeEvent(event: LedgerEvent, begun?: LedgerEvent): Summary {
  const summary = summaries[event.type] as (event: LedgerEvent, begun?: LedgerEvent) => Summary;
  const { object, ...rest } = summary(event, begun);
  return { ...rest, object: object === undefined ? undefined : firstLine(object) };
}

const shownLength = 240;
const namedLength = 60;

/** A call by what it does, short enough that what came of it has room beside it. */
function named(begun: LedgerEvent | undefined): string | undefined {
  if (begun?.type !== 'tool.proposed') return undefined;
  const { verb, object } = describeCall(begun.data.call, 'wanted');
  const words = firstLine(`${verb.toLowerCase()} ${object.trimStart()}`);
  return words.length > namedLength ? `${words.slice(0, namedLength).toWellFormed()} …` : words;
}

function firstLine(text: string): string {
  return text.trimStart().split('\n', 1).join('').slice(0, shownLength).toWellFormed();
}
