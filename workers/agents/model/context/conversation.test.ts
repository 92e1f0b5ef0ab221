import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunState } from '#lib/core/state.ts';
import type { ToolResult } from '#lib/core/tool.ts';
import type { HistoryEvent } from '#lib/threads/read-history.ts';
import { conversationOf } from './conversation.ts';

const run = { runId: 'run', approvals: [] as RunState['approvals'] } as RunState;
let seq = 0;

function event<Type extends HistoryEvent['type']>(type: Type, data: object): HistoryEvent {
  seq += 1;
  return { id: `e${seq}`, at: '', actor: 'agent', runId: 'run', threadId: 't', position: seq, seq, type, data } as unknown as HistoryEvent;
}

function answered(answerId: string, said: string | null, ...toolCallIds: string[]): HistoryEvent {
  const parts = toolCallIds.map((toolCallId) => ({ type: 'tool-call', toolCallId, toolName: 'git_log', input: {} }));
  const messages = [
    ...(said ? [{ role: 'user', content: said }] : []),
    { role: 'assistant', content: [{ type: 'text', text: answerId }, ...parts] },
  ];
  return event('model.answered', {
    answerId,
    messages,
    calls: toolCallIds.map((id) => ({ toolCallId: id, callId: `call-${answerId}-${id}` })),
  });
}

function finished(callId: string, stdout: string): HistoryEvent {
  const result: ToolResult = { status: 'succeeded', stdout, stderr: '', returncode: 0, error: null, artifacts: [], duration_ms: 1 };
  return event('tool.finished', { callId, result });
}

function outputs(history: HistoryEvent[]) {
  return conversationOf(history, run).flatMap((message) =>
    message.role === 'tool' ? message.content.map((part) => (part.type === 'tool-result' ? [part.toolCallId, part.output] : [])) : [],
  );
}

describe('a conversation told again', () => {
  it('has a result for every call, also for one whose result was taken back', () => {
    expect(outputs([answered('a', 'Go', '1', '2'), finished('call-a-1', 'log')])).toEqual([
      ['1', { type: 'text', value: 'log' }],
      ['2', { type: 'error-text', value: 'It was not run.' }],
    ]);
  });

  it('keeps apart calls of different answers that have the same name', () => {
    const history = [answered('a', 'Go', '1'), finished('call-a-1', 'first'), answered('b', null, '1'), finished('call-b-1', 'second')];
    expect(outputs(history).map(([, output]) => output)).toEqual([
      { type: 'text', value: 'first' },
      { type: 'text', value: 'second' },
    ]);
  });

  it('is one that every provider takes, whatever a revert takes out of the middle', () => {
    const history = ['a', 'b', 'c', 'd'].flatMap((id, index) => [
      answered(id, index % 2 === 0 ? `said before ${id}` : null, '1', '2'),
      finished(`call-${id}-1`, 'one'),
      finished(`call-${id}-2`, 'two'),
      ...(id === 'c' ? [event('context.compacted', { answerIds: ['a', 'b'], summary: 'S' })] : []),
    ]);
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: history.length, maxLength: history.length }), (kept) => {
        const messages = conversationOf(
          history.filter((_, index) => kept[index]),
          run,
        );
        const open: string[] = [];
        for (const { role, content } of messages) {
          const parts = typeof content === 'string' ? [] : content;
          if (role === 'tool')
            for (const part of parts) expect(open.splice(open.indexOf('toolCallId' in part ? part.toolCallId : ''), 1)).toHaveLength(1);
          else expect(open).toEqual([]);
          if (role === 'assistant') open.push(...parts.flatMap((part) => (part.type === 'tool-call' ? [part.toolCallId] : [])));
        }
        expect(open).toEqual([]);
        expect(messages.some(({ role }, index) => role === 'user' && messages[index - 1]?.role === 'user')).toBe(false);
      }),
    );
  });

  it('keeps the words of the person when a summary stands for the rest', () => {
    const given = (guidanceId: string, text: string) => event('guidance.given', { guidanceId, text });
    const delivered = (...guidanceIds: string[]) => event('guidance.delivered', { guidanceIds });
    const messages = conversationOf(
      [
        given('1', 'Use tabs'),
        delivered('1'),
        answered('a', 'One'),
        given('2', 'No, spaces'),
        delivered('2'),
        answered('b', 'The person says: No, spaces'),
        event('context.compacted', { answerIds: ['a'], summary: 'S' }),
      ],
      run,
    );
    expect(messages[0]?.content).toMatch(/<\/data>\n\nThe person says: Use tabs\n\nThe person says: No, spaces$/);
    expect(JSON.stringify(messages).match(/No, spaces/g)).toHaveLength(1);
  });

  it('lets the results of many calls share the room of one answer', () => {
    const ids = Array.from({ length: 32 }, (_, index) => String(index));
    const history = [answered('a', 'Go', ...ids), ...ids.map((id) => finished(`call-a-${id}`, 'x'.repeat(50_000)))];
    expect(JSON.stringify(conversationOf(history, run)).length).toBeLessThan(120_000);
  });

  it('never has the same speaker twice in a row, so that every provider takes it', () => {
    const messages = conversationOf(
      [answered('a', 'One'), event('context.compacted', { answerIds: ['a'], summary: 'S' }), answered('b', 'Two')],
      run,
    );
    expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant']);
    expect(messages[0]?.content).toBe('One\n\nWhat happened before, summarised:\n<data name="summary">\nS\n</data>\n\nTwo');
  });
});
