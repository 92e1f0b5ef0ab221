import type { ChangeSummary } from '#lib/core/change.ts';
import type { EventData, LedgerEvent } from '#lib/core/event.ts';
import { describeBody } from '#lib/core/words/describe-call.ts';
import { signOfCheck } from '#lib/core/words/describe-checks.ts';
import { priceUnknown } from '#lib/core/words/describe-cost.ts';
import { describeError } from '#lib/core/words/refusal-words.ts';

/** A part of what one event holds. `box` is text of a machine that keeps its lines. */
export type Detail = { kind: 'text' | 'box'; label: string; text: string } | { kind: 'changes'; changes: ChangeSummary };

/** What a person wants to know of an event beyond its line; all the rest is in its JSON. */
export function detailEvent(event: LedgerEvent): Detail[] {
  switch (event.type) {
    case 'goal.given':
    case 'guidance.given':
    case 'message.posted':
      return text('Words', event.data.text);
    case 'run.queued':
      return [...text('Goal', event.data.goal), ...text('Why this agent', event.data.agentReason), ...text('Mode', event.data.mode)];
    case 'run.completed':
      return text('Summary', event.data.summary);
    case 'run.failed':
      return text('What went wrong', event.data.error);
    case 'run.preflighted':
      return event.data.checks.flatMap((check) =>
        text(`${signOfCheck(check)} ${check.name}`, check.detail || (check.ok ? 'ready' : 'not ready')),
      );
    case 'plan.proposed':
      return [
        ...text('Why', event.data.reason),
        ...event.data.steps.flatMap((step, index) => text(`${index + 1}. ${step.kind}`, `${step.title}${sure(step.confidence)}`)),
      ];
    case 'step.finished':
      return text('Note', event.data.note);
    case 'tool.proposed':
      return proposedCall(event.data);
    case 'tool.finished': {
      const { stdout, stderr, artifacts } = event.data.result;
      const made = artifacts.map(({ path }) => path).join('\n');
      return [
        ...text('Error', describeError(event.data.result)),
        ...box('Output', stdout),
        ...box('Errors', stderr),
        ...box('Made', made),
        ...box('Contacted', (event.data.contacted ?? []).join('\n')),
      ];
    }
    case 'approval.requested': {
      const body = event.data.action.call && describeBody(event.data.action.call);
      const effect = event.data.action.effect;
      return [...text('Why it asks', event.data.reason), ...(body ? box(body.label, body.text) : []), ...changes(effect?.changes)];
    }
    case 'approval.answered':
      return text('Words', event.data.note);
    case 'approval.executed':
      return text('Outcome', event.data.outcome);
    case 'model.called': {
      const { inputTokens, outputTokens, costUsd, error } = event.data;
      const cost = costUsd === null ? priceUnknown : `$${costUsd.toFixed(4)}`;
      return [...text('Tokens', `${inputTokens} in, ${outputTokens} out`), ...text('Cost', cost), ...text('Error', error ?? '')];
    }
    case 'model.answered':
      return [
        ...event.data.messages.flatMap(({ content }) => [
          ...spoken(content, 'reasoning', 'Reasoning'),
          ...spoken(content, 'text', 'Words'),
        ]),
        ...box('Not run', (event.data.aside?.details ?? []).join('\n')),
      ];
    case 'context.compacted':
      return text('Summary', event.data.summary);
    case 'rule.enforced':
      return [
        ...text('Rule', event.data.text),
        ...text('What it stopped', event.data.detail),
        ...box('Files', event.data.paths.join('\n')),
      ];
    case 'checkpoint.created':
      return [...text('Made by', event.data.label), ...changes(event.data.changes)];
    case 'thread.reverted':
      return [...text('Why', event.data.reason), ...box('Stays done', event.data.cannotUndo.join('\n')), ...changes(event.data.changes)];
    default:
      return [];
  }
}

function proposedCall({ call, explanation, confidence, verdict }: EventData<'tool.proposed'>): Detail[] {
  const body = describeBody(call);
  const decision = { allow: 'Allowed', ask: 'Asked first', deny: 'Denied' }[verdict.decision];
  return [
    ...text('Why', explanation),
    ...(confidence === undefined ? [] : text('How sure', `${Math.round(confidence * 100)} %`)),
    ...(body ? box(body.label, body.text) : []),
    ...text(decision, verdict.reason),
  ];
}

/** The words of one kind in what a model said, whose shape is the provider's. */
function spoken(content: unknown, kind: 'reasoning' | 'text', label: string): Detail[] {
  if (typeof content === 'string') return kind === 'text' ? text(label, content) : [];
  if (!Array.isArray(content)) return [];
  return content.flatMap((part: unknown) => {
    const { type, text: words } = (part ?? {}) as { type?: unknown; text?: unknown };
    return type === kind && typeof words === 'string' ? text(label, words) : [];
  });
}

function sure(confidence: number | undefined): string {
  return confidence === undefined ? '' : ` (${Math.round(confidence * 100)} % sure)`;
}

function text(label: string, words: string): Detail[] {
  return words === '' ? [] : [{ kind: 'text', label, text: words }];
}

function box(label: string, words: string): Detail[] {
  return words === '' ? [] : [{ kind: 'box', label, text: words }];
}

function changes(summary: ChangeSummary | undefined): Detail[] {
  return summary && summary.fileCount > 0 ? [{ kind: 'changes', changes: summary }] : [];
}
