import { expect, it } from 'vitest';
import type { LedgerEvent } from '#lib/core/event.ts';
import { addFrames, endTyping } from './typing.ts';

const event = (type: LedgerEvent['type'], data: object) => ({ type, runId: 'ru_1', data }) as LedgerEvent;

it('ends what an agent was saying when it has said it, or a question comes in its place', () => {
  const frames = ['ru_1', 'ca_1'].map((callId) => ({ runId: 'ru_1', callId, stream: 'text' as const, text: 'half a sentence' }));
  const typing = addFrames({}, frames);
  expect(Object.keys(endTyping(typing, [event('model.answered', {})]))).toEqual(['ca_1']);
  expect(Object.keys(endTyping(typing, [event('approval.requested', { kind: 'recovery' })]))).toEqual(['ca_1']);
  expect(endTyping(typing, [event('approval.requested', { kind: 'effect', callId: 'ca_2' })])).toBe(typing);
});
