import { cleanText } from './clean-text.ts';
import type { PlanEntry, SessionUpdate, ToolReport } from './session-update.ts';
import { mergeReports } from './tool-call-of.ts';

/** What came of the agent's updates. `line` is the last one that a message was heard on; `thought` is what it thought before a call, `output` what the call wrote since it was last told of. */
export type Act =
  | { type: 'typed'; text: string }
  | { type: 'said'; text: string; line: number }
  | { type: 'reported'; report: ToolReport; thought: string; output: string }
  | { type: 'planned'; entries: PlanEntry[] };

/** Puts an agent's updates together again: text comes in pieces, and a tool call is told of bit by bit. */
export type Scribe = {
  hear(line: number, update: SessionUpdate): Act[];
  /** All that is known of a call that the agent asks about, and what it thought before; its words so far end here. */
  asked(report: ToolReport): { report: ToolReport; thought: string; acts: Act[] };
  /** The words that are still open. */
  flush(): Act[];
};

const messageLimit = 100_000;
const thoughtLimit = 10_000;
const reportLimit = 2_000;

export function createScribe(): Scribe {
  const reports = new Map<string, { report: ToolReport; thought: string }>();
  let message: { text: string; line: number; id: string | null } | null = null;
  let thought = '';

  function flush(): Act[] {
    const text = message?.text.trim();
    const said: Act[] = message && text ? [{ type: 'said', text: cleanText(text, messageLimit), line: message.line }] : [];
    message = null;
    return said;
  }

  function remember(report: ToolReport): { report: ToolReport; thought: string } {
    const before = reports.get(report.toolCallId);
    const entry = { report: mergeReports(before?.report, report), thought: before?.thought ?? thought };
    if (!before) thought = '';
    reports.set(report.toolCallId, entry);
    const oldest = reports.keys().next().value;
    if (reports.size > reportLimit && oldest !== undefined) reports.delete(oldest);
    return entry;
  }

  return {
    flush,
    asked(report) {
      const acts = flush();
      return { ...remember(report), acts };
    },
    hear(line, update) {
      switch (update.sessionUpdate) {
        case 'agent_message_chunk': {
          const { text } = update.content;
          const id = update.messageId ?? null;
          const before = message && message.id !== id ? flush() : [];
          message = { text: `${message?.text ?? ''}${text}`.slice(0, 2 * messageLimit), line, id };
          return [...before, { type: 'typed', text: cleanText(text, messageLimit) }];
        }
        case 'agent_thought_chunk':
          thought = (thought + update.content.text).slice(0, thoughtLimit);
          return [];
        case 'tool_call':
        case 'tool_call_update': {
          // A call that began before may be told of in the middle of a message.
          const isInside = message?.id != null && reports.has(update.toolCallId);
          const acts = isInside ? [] : flush();
          const output = update._meta?.terminal_output_delta?.data ?? '';
          return [...acts, { type: 'reported', ...remember(update), output }];
        }
        case 'plan':
          return [...flush(), { type: 'planned', entries: update.entries }];
      }
    },
  };
}
