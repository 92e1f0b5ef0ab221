import type { ModelMessage } from 'ai';
import { isOpenStep } from '#lib/core/state.ts';
import type { HistoryEvent } from '#lib/threads/read-history.ts';
import type { AgentView } from '#workers/agents/agent.ts';
import { rulesNews } from '#workers/agents/rules-news.ts';
import { collectContext } from './collect-context.ts';
import { answersOf, conversationOf, messagesOf } from './conversation.ts';
import { markData } from './mark-data.ts';
import { planText } from './plan-text.ts';
import { treeNews } from './tree-news.ts';

const openStepsWords = 'You ended, but these steps of the plan are open. Do them, or say with update_plan how they ended:';

/** What the model has not heard yet: how the run begins, or what happened since its last answer. Empty when nothing did. */
export async function newsFor(view: AgentView, history: readonly HistoryEvent[]): Promise<string[]> {
  const { run, guidance } = view;
  const last = answersOf(history).findLast((answer) => answer.runId === run.runId);
  const words = guidance.map(({ text }) => `The person says: ${text}`);
  if (!last) return [await opening(view, history), ...treeNews(history), ...wordsWithYes(run), ...words];

  const since = history.filter((event) => event.seq > last.seq);
  const news: string[] = [];
  const planned = since.findLast((event) => event.type === 'plan.proposed' && event.runId === run.runId);
  if (planned?.type === 'plan.proposed') news.push(`The plan is new. ${planned.data.reason}\n${markData('plan', planText(run.steps))}`);
  else if (hasUntoldStep(view, history)) news.push(`More is to do now:\n${markData('plan', planText(run.steps))}`);
  const rules = rulesNews(view.rules, toldIn(conversationOf(history, run)));
  if (rules) news.push(rules);
  news.push(...treeNews(history));
  const again = run.approvals.some(({ kind, answer }) => kind === 'recovery' && answer?.decision === 'approve' && answer.at > last.at);
  if (again) news.push('The person says: go on, and try again.');
  return [...news, ...wordsWithYes(run, last.at), ...words];
}

/** Those that came with a yes to a call are told with the call's end. */
function wordsWithYes({ approvals }: AgentView['run'], since = ''): string[] {
  return approvals.flatMap(({ callId, answer }) =>
    !callId && answer?.decision === 'approve' && answer.note && answer.at > since ? [`The person says: ${answer.note}`] : [],
  );
}

/** Told once to a model that ends with steps open; null when there are none, or it was told already. */
export function openStepsNudge({ run }: AgentView, history: readonly HistoryEvent[]): string | null {
  const open = run.steps.filter(isOpenStep);
  if (open.length === 0) return null;
  const answers = answersOf(history).filter((answer) => answer.runId === run.runId);
  const told = answers.at(-1) ? messagesOf(answers.at(-1) as (typeof answers)[number]).some(saysOpenSteps) : false;
  return told ? null : `${openStepsWords}\n${markData('plan', planText(open))}`;
}

/** A step that came into sight since: its turn was not before. */
function hasUntoldStep({ run }: AgentView, history: readonly HistoryEvent[]): boolean {
  const answers = answersOf(history).filter((answer) => answer.runId === run.runId);
  const told = toldIn(answers.flatMap(messagesOf));
  return run.steps.some((step) => isOpenStep(step) && !told.some((text) => text.includes(step.title)));
}

function toldIn(messages: readonly ModelMessage[]): string[] {
  return messages.flatMap(({ role, content }) => (role === 'user' && typeof content === 'string' ? [content] : []));
}

function saysOpenSteps({ role, content }: ModelMessage): boolean {
  return role === 'user' && typeof content === 'string' && content.includes(openStepsWords);
}

/** How a run begins for the model: what there is, what is wanted, what is planned. */
async function opening(view: AgentView, history: readonly HistoryEvent[]): Promise<string> {
  const { run } = view;
  const parts = await collectContext(view, history);
  const plan = run.steps.length > 0 ? [`The plan:\n${markData('plan', planText(run.steps))}`] : [];
  const dry = run.dryRun
    ? ['This is a dry run: you work on a copy, and the person sees all that came of it before any of it is kept.']
    : [];
  return [...parts.map(({ text }) => text), `Goal: ${run.goal}`, ...plan, ...dry].join('\n\n');
}
