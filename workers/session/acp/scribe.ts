import { cleanText } from './clean-text.ts';
import type { PlanEntry, SessionUpdate, ToolReport } from './session-update.ts';
import { mergeReports } from './tool-call-of.ts';

type Known = { report: ToolReport; thought: string; begunAt: readonly number[]; asked: boolean; told: boolean };

/**
 * What came of the agent's updates. `line` is the last one that a message was heard on; `thought` is what it thought before a call, `output` what the
 * call wrote since it was last told of; `isEnd`: with this it ended; `begunAt`: the lines on which calls of its name began, or were asked for, newest
 * last; `asked`: whether this one was; `told`: whether the agent said more of it than to ask.
 */
export type Act =
  | { type: 'typed'; text: string }
  | { type: 'said'; text: string; line: number }
  | ({ type: 'reported'; output: string; isEnd: boolean } & Known)
  | { type: 'planned'; entries: PlanEntry[] };

/** Puts an agent's updates together again: text comes in pieces, and a tool call is told of bit by bit. */
export type Scribe = {
  hear(line: number, update: SessionUpdate): Act[];
  /** All that is known of a call that the agent asks about on this line, and what it thought before; its words so far end here. */
  asked(line: number, report: ToolReport): Known & { acts: Act[] };
  /** Calls that the agent asked for and told no more of, where it has told of one with this title. */
  untold(title: RegExp): Pick<Known, 'report' | 'begunAt'>[];
  /** The words that are still open. */
  flush(): Act[];
};

const messageLimit = 100_000;
const thoughtLimit = 10_000;
const reportLimit = 2_000;
const namesakeLimit = 100;

export function createScribe(): Scribe {
  const reports = new Map<string, Known>();
  let message: { text: string; line: number; id: string | null } | null = null;
  let thought = '';

  function flush(): Act[] {
    const text = message?.text.trim();
    const said: Act[] = message && text ? [{ type: 'said', text: cleanText(text, messageLimit), line: message.line }] : [];
    message = null;
    return said;
  }

  /** Of a call that has ended nothing is left for the next of its name but the lines. One call may be asked for twice: OpenCode asks for each thing it needs. */
  function remember(line: number, report: ToolReport, how: 'asks' | 'begins' | 'goes-on'): Known & { isEnd: boolean } {
    const known = reports.get(report.toolCallId);
    const before = known && (how === 'goes-on' || !hasEnded(known.report)) ? known : undefined;
    const begins = !before || how === 'asks';
    const entry: Known = {
      report: mergeReports(before?.report, report),
      thought: before?.thought ?? thought,
      begunAt: begins ? [...(known?.begunAt ?? []), line].slice(-namesakeLimit) : before.begunAt,
      asked: how === 'asks' || (before?.asked ?? false),
      told: how !== 'asks' || (before?.told ?? false),
    };
    if (!before) thought = '';
    reports.delete(report.toolCallId);
    reports.set(report.toolCallId, entry);
    const oldest = reports.keys().next().value;
    if (reports.size > reportLimit && oldest !== undefined) reports.delete(oldest);
    return { ...entry, isEnd: hasEnded(entry.report) && !(before && hasEnded(before.report)) };
  }

  return {
    flush,
    untold(title) {
      const known = [...reports.values()];
      return known.some(({ report }) => title.test(report.title ?? '')) ? known.filter(({ told }) => !told) : [];
    },
    asked(line, report) {
      const known = reports.get(report.toolCallId);
      return known?.asked && known.begunAt.at(-1) === line ? { ...known, acts: [] } : { acts: flush(), ...remember(line, report, 'asks') };
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
          return [
            ...acts,
            { type: 'reported', ...remember(line, update, update.sessionUpdate === 'tool_call' ? 'begins' : 'goes-on'), output },
          ];
        }
        case 'plan':
          return [...flush(), { type: 'planned', entries: update.entries }];
      }
    },
  };
}

function hasEnded({ status }: ToolReport): boolean {
  return status === 'completed' || status === 'failed';
}
