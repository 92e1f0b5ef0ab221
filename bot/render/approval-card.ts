import type { ApprovalDecision, PinnedAction } from '#lib/core/approval.ts';
import type { ApprovalState } from '#lib/core/state.ts';
import type { ToolCall } from '#lib/core/tool.ts';
import { answerLabel } from '#lib/core/words/answer-label.ts';
import { describeAnswer } from '#lib/core/words/describe-answer.ts';
import { describeBody, describeCall, describeResult } from '#lib/core/words/describe-call.ts';
import { describeLimit, describeReached } from '#lib/core/words/describe-limit.ts';
import { formatCount } from '#lib/core/words/format.ts';
import { questionOf } from '#lib/core/words/question-of.ts';
import { type Asked, chooserCard } from './chooser-card.ts';
import { type Choosing, isAllKept, keptAmount } from './choosing.ts';
import { countChanges, listChanges } from './describe-changes.ts';
import type { ButtonSpec, ChatText } from './message-spec.ts';
import { type NameOf, personAt } from './person-at.ts';
import { bold, code, cutPoint, fold, italic, lines, paragraphs, pre, type RichText, rich } from './rich-text.ts';
import { exactLine, exactText, outputTail, proseLine } from './safe-text.ts';

/** Characters of a command, file or patch that a card shows; what is longer comes whole as a file beside it. */
const bodyLimit = 1_600;
const outputLimit = 700;
const shownSteps = 12;
const stepLimit = 120;
const objectLimit = 300;
const calledLimit = 300;
/** Where the files below it are what matters. */
const headLimit = 120;

const signs: Record<ApprovalDecision, string> = { approve: '✅', reject: '❌', modify: '✏️' };
/** `choosing`: what of its effect may be kept by itself, where there is something to choose. */
type Shown = { approval: ApprovalState; threadId: string; goal: string; nameOf: NameOf; choosing?: Choosing };

/** A question as a card, built from the pinned action alone; once it is answered, anywhere, what became of it. */
export function approvalCard({ approval, threadId, goal, nameOf, choosing }: Shown): ChatText {
  const question = questionOf(approval);
  if (approval.answer || approval.withdrawn) {
    const asked = lines(question, describeAsked(approval));
    return { content: paragraphs(describeEnding(approval, nameOf), fold(asked)), buttons: [] };
  }
  const { approvalId, action } = approval;
  const goalLine = italic(proseLine(goal, 80));
  const asked = { threadId, approvalId, actionHash: action.hash };
  if (choosing?.view) {
    const head = lines(rich('✋ ', bold('Choose what to keep')), goalLine, warning(approval));
    return chooserCard({ head, about: describeCalled(action, headLimit), asked, choosing, view: choosing.view });
  }
  const { call, effect } = action;
  const content = paragraphs(
    lines(rich('✋ ', bold(question)), goalLine),
    proseLine(approval.reason, 300),
    // Above what an agent can make long: nothing that it writes pushes a warning off the card.
    lines(warning(approval), call && !effect && approval.kind !== 'plan' && approval.kind !== 'recovery' && 'It has not run yet.'),
    describeAction(approval),
  );
  return { content, buttons: answerButtons(approval, asked, choosing) };
}

function answerButtons({ kind, action }: ApprovalState, asked: Asked, choosing?: Choosing): ButtonSpec[][] {
  const { threadId, approvalId } = asked;
  const isTicked = choosing && !isAllKept(choosing.dropped);
  const second: ButtonSpec[] = [
    { label: `${kind === 'prompt' ? '⌨️' : '✏️'} ${answerLabel('modify', kind)}`, action: { do: 'modify', approvalId } },
  ];
  if (action.effect && action.effect.changes.fileCount > 0)
    second.push({ label: '📄 Diff', action: { do: 'diff', threadId, to: approvalId } });
  const choose = { do: 'choose', ...asked, view: { page: 0 } } as const;
  if (choosing && !isTicked) second.push({ label: '☑️ Choose', action: choose });
  const answer = { do: 'answer', approvalId, actionHash: action.hash } as const;
  // As in the app: only what is asked for before it runs can be allowed from now on.
  if (kind === 'outside' || kind === 'action')
    second.push({ label: '✅ Always …', action: { do: 'remember', approvalId, actionHash: action.hash } });
  return [
    [
      { label: isTicked ? '✅ Approve all' : '✅ Approve', action: { ...answer, decision: 'approve' } },
      { label: '❌ Reject', action: { ...answer, decision: 'reject' } },
    ],
    second,
    ...(isTicked ? [[{ label: `☑️ Choose: ${keptAmount(choosing)}`, action: choose }]] : []),
  ];
}

function describeAction({ action }: ApprovalState): RichText {
  const { call, steps, cwd, effect, budget, screen } = action;
  const output = effect?.result ? [effect.result.stdout, effect.result.stderr].filter(Boolean).join('\n') : '';
  const ended = effect?.result ? describeResult(call?.tool, effect.result) : '';
  return paragraphs(
    call && lines(callText(call), call.tool === 'run_command' && cwd !== '.' && rich('in ', code(exactLine(cwd)))),
    steps &&
      // Of one step the call says all.
      (steps.length > 1 || !call) &&
      lines(
        ...steps.slice(0, shownSteps).map((step, index) => `${index + 1}. ${exactLine(step.title, stepLimit)}`),
        more(steps.length - shownSteps),
      ),
    screen !== undefined && pre(outputTail(screen, outputLimit) || ' '),
    budget && describeLimit(budget),
    effect &&
      lines(
        bold(effect.changes.fileCount === 0 ? 'It changed no file' : `It changed ${countChanges(effect.changes)}`),
        listChanges(effect.changes),
      ),
    output.trim() && lines(`Output${ended && ` · ${ended}`}`, pre(outputTail(output, outputLimit))),
  );
}

function callText(call: ToolCall): RichText {
  const body = describeBody(call);
  const text = body ? exactText(body.text).trim() : '';
  const shown =
    text &&
    pre(
      text.length > bodyLimit ? `${text.slice(0, cutPoint(text, bodyLimit))}\n… the rest is in the file above` : text,
      call.tool === 'run_command' ? 'bash' : undefined,
    );
  if (call.tool === 'run_command') return rich(shown);
  const { verb, object, code: isCode } = describeCall(call, 'doing');
  return lines(rich(`${verb} `, isCode ? code(exactLine(object, objectLimit)) : object), shown);
}

/** The whole of what a card cuts off, or null when it shows all. Nothing is answered unseen. */
export function wholeAction({ action }: ApprovalState): { name: string; text: string } | null {
  const { call, steps = [] } = action;
  const titles = steps.map(({ title }) => exactText(title));
  if (titles.length > shownSteps || titles.some((title) => title.length > stepLimit))
    return { name: 'plan.html', text: titles.map((title, index) => `${index + 1}. ${title}`).join('\n') };
  if (!call) return null;
  const body = describeBody(call);
  const text = body ? exactText(body.text) : '';
  const { verb, object } = describeCall(call, 'doing');
  if (call.tool !== 'run_command' && exactText(object).length > objectLimit)
    return { name: 'action.html', text: `${verb} ${exactText(object)}${text && `\n\n${text}`}` };
  if (!body || text.trim().length <= bodyLimit) return null;
  return { name: call.tool === 'run_command' ? 'command.html' : `${body.label.toLowerCase().replaceAll(/\W+/g, '-')}.html`, text };
}

function describeCalled({ call }: PinnedAction, limit: number): RichText {
  if (!call) return rich();
  const { verb, object, code: isCode } = describeCall(call, 'done');
  const shown = exactLine(object, limit);
  return rich(call.tool === 'run_command' ? '' : `${verb} `, isCode ? code(shown) : shown);
}

function describeAsked({ action }: ApprovalState): RichText {
  const { steps, budget, effect } = action;
  return lines(
    describeCalled(action, calledLimit),
    steps && formatCount(steps.length, 'step'),
    budget && describeReached(budget),
    effect && countChanges(effect.changes),
  );
}

function describeEnding(approval: ApprovalState, nameOf: NameOf): RichText {
  const { answer, deliveredAt, executed, withdrawn } = approval;
  if (!answer) return rich('🚫 ', bold('No longer asked'), ` · ${proseLine(withdrawn?.reason ?? '')}`);
  const by = `by ${personAt(answer, nameOf)}`;
  const receipts = [
    'stored ✓',
    deliveredAt && 'delivered ✓',
    executed && `executed ✓ ${proseLine(executed.outcome, 120)}`,
    !executed && withdrawn && proseLine(withdrawn.reason),
  ];
  return lines(
    rich(bold(`${signs[answer.decision]} ${describeAnswer(answer, approval.kind)}`), ` ${by}`),
    answer.note && `“${proseLine(answer.note, 300)}”`,
    receipts.filter(Boolean).join(' → '),
  );
}

function warning({ kind, action }: ApprovalState): string | false {
  if (kind === 'unisolated') return '⚠️ This machine has no sandbox: it runs with everything you can do here.';
  return action.network && '🌐 It reaches the network. What it does there stays done, whatever you take back later.';
}

function more(count: number): string | false {
  return count > 0 && `and ${count} more`;
}
