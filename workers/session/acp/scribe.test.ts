import { describe, expect, test } from 'vitest';
import { createScribe } from './scribe.ts';
import { resultOf } from './tool-call-of.ts';

const chunk = (text: string, messageId: string | null = null) => ({
  sessionUpdate: 'agent_message_chunk' as const,
  content: { type: 'text' as const, text },
  messageId,
});

describe('a scribe', () => {
  test('puts words together until something else happens, and says on which line they ended', () => {
    const scribe = createScribe();
    expect(scribe.hear(1, chunk('Hel'))).toEqual([{ type: 'typed', text: 'Hel' }]);
    scribe.hear(2, chunk('lo'));
    const acts = scribe.hear(5, { sessionUpdate: 'tool_call', toolCallId: 't', title: 'Read' });
    expect(acts[0]).toEqual({ type: 'said', text: 'Hello', line: 2 });
    expect(scribe.flush()).toEqual([]);
  });

  test('begins a new message where the agent names another one', () => {
    const scribe = createScribe();
    scribe.hear(1, chunk('one', 'a'));
    expect(scribe.hear(2, chunk('two', 'b'))[0]).toEqual({ type: 'said', text: 'one', line: 1 });
  });

  test('goes on with a message that the end of an earlier call comes in between', () => {
    const scribe = createScribe();
    scribe.hear(1, { sessionUpdate: 'tool_call', toolCallId: 't', title: 'ls' });
    scribe.hear(2, chunk('That did ', 'a'));
    const acts = scribe.hear(3, { sessionUpdate: 'tool_call_update', toolCallId: 't', status: 'completed' });
    expect(acts.map(({ type }) => type)).toEqual(['reported']);
    scribe.hear(4, chunk('not help.', 'a'));
    expect(scribe.flush()).toEqual([{ type: 'said', text: 'That did not help.', line: 4 }]);
  });

  test('keeps what was said of a call when later reports name less, and gives it the thought before it', () => {
    const scribe = createScribe();
    scribe.hear(1, { sessionUpdate: 'agent_thought_chunk', content: { type: 'text', text: 'I must look.' } });
    scribe.hear(2, { sessionUpdate: 'tool_call', toolCallId: 't', title: 'ls', kind: 'execute', rawInput: { command: 'ls' } });
    const [act] = scribe.hear(3, { sessionUpdate: 'tool_call_update', toolCallId: 't', status: 'completed' });
    expect(act).toMatchObject({ type: 'reported', thought: 'I must look.', report: { title: 'ls', status: 'completed' } });
  });

  test('gathers the output of a terminal from its pieces', () => {
    const scribe = createScribe();
    const piece = (data: string) => ({
      sessionUpdate: 'tool_call_update' as const,
      toolCallId: 't',
      _meta: { terminal_output_delta: { data } },
    });
    scribe.hear(1, piece('a'));
    scribe.hear(2, piece('b'));
    const [act] = scribe.hear(3, { sessionUpdate: 'tool_call_update', toolCallId: 't', status: 'completed' });
    expect(act?.type === 'reported' && resultOf(act.report)).toMatchObject({ status: 'succeeded', stdout: 'ab' });
  });
});
