import type { ModelMessage } from 'ai';
import type { RunState } from '#lib/core/state.ts';
import { excerpt } from '#lib/core/words/excerpt.ts';
import type { HistoryEvent } from '#lib/threads/read-history.ts';
import { type ToolOutput, toolOutput, wordsAbout } from '#workers/agents/model/tool-output.ts';
import { markData } from './mark-data.ts';

/** Words of a person that stay as they were said when a summary stands for the rest: the newest, and so many characters of each. */
const wordsKept = 20;
const wordsLimit = 2_000;

export type Answer = Extract<HistoryEvent, { type: 'model.answered' }>;

/** The model's answers that still count, oldest first. */
export function answersOf(history: readonly HistoryEvent[]): Answer[] {
  return history.filter((event) => event.type === 'model.answered');
}

/** An answer's messages: first what was said to the model before it, then its own words, then what it heard at once of calls that Choir did not run. */
export function messagesOf(answer: Answer): ModelMessage[] {
  return answer.data.messages as unknown as ModelMessage[];
}

/**
 * The conversation as the model hears it again, from the ledger alone: each answer with what was said before it and what came of its calls.
 * A summary stands for the answers it was made of; of those, the opening of this run stays as it was said, and so do the person's words in it.
 */
export function conversationOf(history: readonly HistoryEvent[], run: RunState): ModelMessage[] {
  const compaction = history.findLast((event) => event.type === 'context.compacted');
  const summarised = new Set(compaction?.data.answerIds);
  const told = tellAnswers(history, run);
  const opening = told.find(({ answer }) => answer.runId === run.runId)?.answer;
  const messages: ModelMessage[] = [];
  if (opening && summarised.has(opening.data.answerId)) messages.push(...spokenBefore(opening));
  if (compaction)
    messages.push({ role: 'user', content: `What happened before, summarised:\n${markData('summary', compaction.data.summary)}` });
  const words = wordsHeardIn(history, told.findLast(({ answer }) => summarised.has(answer.data.answerId))?.answer, run);
  if (words) messages.push({ role: 'user', content: words });
  for (const { answer, told: again } of told) if (!summarised.has(answer.data.answerId)) messages.push(...again);
  return joinUserMessages(messages);
}

/** Each answer as it is told again, with the results of its calls. */
export function tellAnswers(history: readonly HistoryEvent[], run: RunState): { answer: Answer; told: ModelMessage[] }[] {
  const results = new Map(history.flatMap((event) => (event.type === 'tool.finished' ? [[event.data.callId, event.data.result]] : [])));
  return answersOf(history).map((answer) => {
    const callIds = new Map(answer.data.calls.map(({ toolCallId, callId }) => [toolCallId, callId]));
    const outputOf = (toolCallId: string): ToolOutput => {
      const callId = callIds.get(toolCallId) ?? '';
      const result = results.get(callId);
      return result ? toolOutput(result, wordsAbout(run, callId), callIds.size) : { type: 'error-text', value: 'It was not run.' };
    };
    return { answer, told: withResults(messagesOf(answer), outputOf) };
  });
}

/** Whether the model said its last word: an answer without a call, and nothing that was left to it after. */
export function isLastWord(answer: Answer): boolean {
  const last = messagesOf(answer).at(-1);
  return last?.role === 'assistant' && toolCallsIn([last]).length === 0;
}

export function textOf(messages: readonly ModelMessage[]): string {
  const texts = messages.flatMap((message) => {
    if (message.role !== 'assistant') return [];
    if (typeof message.content === 'string') return [message.content];
    return message.content.flatMap((part) => (part.type === 'text' ? [part.text] : []));
  });
  return texts.join('\n\n').trim();
}

/** What a person said in this run up to the answer: orders, which a summary written by a model cannot give. */
function wordsHeardIn(history: readonly HistoryEvent[], last: Answer | undefined, { runId }: RunState): string {
  if (!last) return '';
  const own = history.filter((event) => event.runId === runId && event.seq < last.seq);
  const heard = new Set(own.flatMap((event) => (event.type === 'guidance.delivered' ? event.data.guidanceIds : [])));
  const words = own.flatMap((event) =>
    event.type === 'guidance.given' && heard.has(event.data.guidanceId) ? [`The person says: ${excerpt(event.data.text, wordsLimit)}`] : [],
  );
  return words.slice(-wordsKept).join('\n\n');
}

function spokenBefore(answer: Answer): ModelMessage[] {
  const messages = messagesOf(answer);
  const own = messages.findIndex(({ role }) => role !== 'user');
  return messages.slice(0, own < 0 ? messages.length : own);
}

/** Every call gets its result, whatever became of it: a provider refuses a conversation in which one is missing. */
function withResults(messages: ModelMessage[], outputOf: (toolCallId: string) => ToolOutput): ModelMessage[] {
  const answered = new Set(
    messages.flatMap((message) =>
      message.role === 'tool' ? message.content.flatMap((part) => (part.type === 'tool-result' ? [part.toolCallId] : [])) : [],
    ),
  );
  const results = toolCallsIn(messages)
    .filter(({ toolCallId }) => !answered.has(toolCallId))
    .map(({ toolCallId, toolName }) => ({ type: 'tool-result' as const, toolCallId, toolName, output: outputOf(toolCallId) }));
  if (results.length === 0) return messages;
  const heard = messages.findIndex(({ role }) => role === 'tool');
  if (heard < 0) {
    const own = messages.findLastIndex(({ role }) => role === 'assistant') + 1;
    return [...messages.slice(0, own), { role: 'tool', content: results }, ...messages.slice(own)];
  }
  return messages.map((message, index) =>
    index === heard && message.role === 'tool' ? { ...message, content: [...message.content, ...results] } : message,
  );
}

function toolCallsIn(messages: readonly ModelMessage[]) {
  return messages.flatMap((message) =>
    message.role === 'assistant' && typeof message.content !== 'string' ? message.content.filter((part) => part.type === 'tool-call') : [],
  );
}

/** Some providers refuse two messages of the same speaker in a row. */
function joinUserMessages(messages: ModelMessage[]): ModelMessage[] {
  const joined: ModelMessage[] = [];
  for (const message of messages) {
    const last = joined.at(-1);
    if (message.role === 'user' && last?.role === 'user' && typeof message.content === 'string' && typeof last.content === 'string')
      joined[joined.length - 1] = { role: 'user', content: `${last.content}\n\n${message.content}` };
    else joined.push(message);
  }
  return joined;
}
