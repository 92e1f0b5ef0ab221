import { describe, expect, test } from 'vitest';
import { createConversation } from './conversation.ts';

describe('a conversation', () => {
  const line = (direction: 'in' | 'out' | 'end', message: object | string) => ({
    direction,
    text: typeof message === 'string' ? message : JSON.stringify(message),
  });

  test('knows from its lines alone what is asked and not answered, on both sides', () => {
    const conversation = createConversation();
    conversation.hear(line('in', { id: 7, method: 'session/prompt', params: { a: 1 } }));
    expect(conversation.hear(line('out', { id: 'q', method: 'session/request_permission', params: {} }))).toMatchObject({ kind: 'asked' });
    expect(conversation.unanswered()).toMatchObject([{ id: 7 }]);
    expect(conversation.open()).toMatchObject([{ id: 'q' }]);
    conversation.hear(line('in', { id: 'q', result: {} }));
    expect(conversation.hear(line('out', { id: 7, result: { stopReason: 'end_turn' } }))).toMatchObject({
      kind: 'answered',
      method: 'session/prompt',
    });
    expect([conversation.unanswered(), conversation.open()]).toEqual([[], []]);
    expect(conversation.request('x', {}).id).toBe(8);
  });

  test('hears a line of ours once, though it is heard when written and when logged', () => {
    const conversation = createConversation();
    const prompt = line('in', { id: 1, method: 'session/prompt', params: {} });
    conversation.hear(prompt);
    conversation.hear(line('out', { id: 1, result: {} }));
    conversation.hear(prompt);
    expect(conversation.unanswered()).toEqual([]);
    expect(conversation.sent('session/prompt')).toHaveLength(1);
  });

  test('gives no meaning to an answer that nobody waits for', () => {
    expect(createConversation().hear(line('out', { id: 99, result: {} }))).toBeNull();
    expect(createConversation().hear(line('end', 'gone'))).toEqual({ kind: 'ended', detail: 'gone' });
  });
});
