import type { ModelMessage } from 'ai';
import type { RunState } from '#lib/core/state.ts';
import { storable } from '#lib/core/storable.ts';
import { excerpt } from '#lib/core/words/excerpt.ts';
import type { HistoryEvent } from '#lib/threads/read-history.ts';
import type { AgentMove } from '#workers/agents/agent.ts';
import { callModel, type Thinker } from '#workers/agents/model/call-model.ts';
import { contextWindow, type ModelChoice } from '#workers/agents/model/choose-model.ts';
import { ModelError } from '#workers/agents/model/model-error.ts';
import { answersOf, conversationOf, tellAnswers } from './conversation.ts';
import { summaryInstructions } from './instructions.ts';
import { planText } from './plan-text.ts';

/** Measured on code and English: a token is about four characters; three and a half leaves room for other scripts. */
const charactersPerToken = 3.5;
/** Share of the window at which a conversation is summarised, and the share of it that stays word for word. */
const fullShare = 0.7;
const keptShare = 0.25;
const shownOutput = 1_500;

/** Characters of a summary, several times what it is asked to have. */
const summaryLimit = 12_000;
/** Times that a conversation is cut to half for a model that takes in less than was thought. */
const halvings = 5;

export type Compaction = { run: RunState; history: readonly HistoryEvent[]; thinker: Thinker; hard?: boolean };

export function estimateTokens(messages: readonly ModelMessage[]): number {
  return Math.ceil(JSON.stringify(messages).length / charactersPerToken);
}

export function isFull(messages: readonly ModelMessage[], choice: ModelChoice): boolean {
  return estimateTokens(messages) > contextWindow(choice) * fullShare;
}

/** Older answers as one summary; null when there is nothing older that could be left out. `hard`: the provider says it is too long, whatever the estimate. */
export async function compact({ run, history, thinker, hard = false }: Compaction, signal: AbortSignal): Promise<AgentMove | null> {
  const { choice } = thinker;
  const summarised = new Set(history.findLast((event) => event.type === 'context.compacted')?.data.answerIds);
  const told = tellAnswers(history, run);
  const kept = cutAt(
    told.map((each) => each.told),
    contextWindow(choice) * fullShare * keptShare,
  );
  const fresh = told.filter(({ answer }) => !summarised.has(answer.data.answerId)).length;
  const half = Math.min(told.length - Math.floor(fresh / 2), told.length - 1);
  const older = told.slice(0, hard ? Math.max(kept, half) : kept).map(({ answer }) => answer);
  if (older.every(({ data }) => summarised.has(data.answerId))) return null;
  const answerIds = older.map(({ data }) => data.answerId);
  const upTo = conversationOf(upToAnswer(history, older.length), run);
  const text = await summarise(thinker, transcript(upTo), signal);
  const plan = run.steps.length > 0 ? `\n\nThe plan now:\n${planText(run.steps)}` : '';
  const summary = storable(`${excerpt(text, summaryLimit)}${plan}`);
  const after = conversationOf([...history, compacted(history, { summary, answerIds, tokensBefore: 0, tokensAfter: 0 })], run);
  return {
    type: 'compact',
    summary,
    answerIds,
    tokensBefore: estimateTokens(conversationOf(history, run)),
    tokensAfter: estimateTokens(after),
  };
}

async function summarise(thinker: Thinker, conversation: string, signal: AbortSignal): Promise<string> {
  let room = Math.floor(contextWindow(thinker.choice) * 0.5 * charactersPerToken);
  for (let halved = 0; ; halved += 1) {
    const messages: ModelMessage[] = [{ role: 'user', content: excerpt(conversation, room) }];
    try {
      return (await callModel({ ...thinker, instructions: summaryInstructions, messages }, signal)).text;
    } catch (error) {
      if (!(error instanceof ModelError && error.kind === 'too-long') || halved >= halvings) throw error;
      room = Math.floor(Math.min(room, conversation.length) / 2);
    }
  }
}

/** How many answers from the first one are summarised: all but the last that fit into `keptTokens`, and never the very last. */
function cutAt(told: readonly ModelMessage[][], keptTokens: number): number {
  let room = keptTokens;
  let cut = told.length;
  while (cut > 0 && room >= 0) {
    cut -= 1;
    room -= estimateTokens(told[cut] ?? []);
  }
  return room >= 0 ? cut : Math.min(cut + 1, told.length - 1);
}

/** The history as it was told up to the answer at `cut`, with the summary that stood then. */
function upToAnswer(history: readonly HistoryEvent[], cut: number): HistoryEvent[] {
  const ids = new Set(
    answersOf(history)
      .slice(cut)
      .map(({ data }) => data.answerId),
  );
  return history.filter((event) => !(event.type === 'model.answered' && ids.has(event.data.answerId)));
}

function compacted(history: readonly HistoryEvent[], data: Extract<HistoryEvent, { type: 'context.compacted' }>['data']): HistoryEvent {
  const last = history.at(-1);
  if (!last) throw new Error('A conversation without a beginning cannot be summarised.');
  return { ...last, type: 'context.compacted', data } as HistoryEvent;
}

/** A conversation in plain text, which every provider reads alike; long outputs are cut. */
function transcript(messages: readonly ModelMessage[]): string {
  return messages
    .map(({ role, content }) => {
      const parts: readonly Part[] = typeof content === 'string' ? [{ type: 'text', text: content }] : content;
      return `[${role}]\n${parts.map(partText).join('\n')}`;
    })
    .join('\n\n');
}

type Part = Exclude<ModelMessage['content'], string>[number];

function partText(part: Part): string {
  if (part.type === 'text') return part.text;
  if (part.type === 'tool-call') return `calls ${part.toolName} ${excerpt(JSON.stringify(part.input) ?? '', shownOutput)}`;
  return part.type === 'tool-result' ? excerpt(JSON.stringify(part.output), shownOutput) : '';
}
