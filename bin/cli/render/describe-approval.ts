import type { PinnedAction } from '#lib/core/approval.ts';
import type { EventData } from '#lib/core/event.ts';
import type { ToolCall } from '#lib/core/tool.ts';
import { describeBody } from '#lib/core/words/describe-call.ts';
import { describeLimit } from '#lib/core/words/describe-limit.ts';
import type { Style } from '../terminal.ts';
import { cleanLine, cleanText } from './clean-text.ts';
import { describeCall, describeResult } from './describe-call.ts';
import { describeChanges } from './describe-changes.ts';

type Approval = Pick<EventData<'approval.requested'>, 'approvalId' | 'kind' | 'reason' | 'action'>;

const questions: Record<Approval['kind'], string> = {
  effect: 'It ran without network and changed this. Keep it?',
  outside: 'This reaches outside and cannot be taken back. Let it run?',
  plan: 'Carry out this plan?',
  recovery: 'This step did not go through. Try again?',
  unisolated: 'This machine has no sandbox. Run it unprotected?',
  action: 'The agent wants to do this. May it?',
  turn: 'This came of the turn. Keep it?',
  budget: 'The limit is reached. Go on?',
  prompt: 'The terminal is waiting. What should it get?',
};

/** The card of an approval: what exactly is asked, why, and what it would change. Built from the pinned action alone. */
export function describeApproval({ approvalId, kind, reason, action }: Approval, style: Style): string[] {
  const tried = kind === 'plan' && action.effect !== undefined;
  return [
    style.yellow(style.bold(`? ${tried ? 'Keep what this dry run did?' : questions[kind]}`)),
    ...describeAction(action, style).map((line) => `  ${line}`),
    `  ${style.dim(`${cleanLine(reason)} · ${approvalId}`)}`,
  ];
}

function describeAction(action: PinnedAction, style: Style): string[] {
  const lines: string[] = [];
  if (action.call) lines.push(...describeWhole(action.call, action.effect !== undefined));
  for (const [index, step] of (action.steps ?? []).entries()) lines.push(`${index + 1}. ${cleanLine(step.title)}`);
  if (action.budget) lines.push(describeLimit(action.budget));
  if (action.screen) lines.push(...cleanText(action.screen).trimEnd().split('\n'));
  if (action.cwd !== '.') lines.push(style.dim(`in ${cleanLine(action.cwd)}`));
  if (action.effect?.result) lines.push(...describeResult(action.effect.result, style));
  if (action.effect) lines.push(...describeChanges(action.effect.changes, style));
  return lines;
}

/** Nothing of what is agreed to may be missing: on one line, what stands below a comment would read as a part of it. What a file tool has done stands in the changes. */
function describeWhole(call: ToolCall, hasChanges: boolean): string[] {
  if (call.tool === 'run_command') return cleanText(`$ ${call.args.command}`).trimEnd().split('\n');
  const body = hasChanges && call.tool !== 'mcp_call' ? null : describeBody(call);
  return [describeCall(call), ...(body ? cleanText(body.text).trimEnd().split('\n') : [])];
}
