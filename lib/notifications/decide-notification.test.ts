import { expect, test } from 'vitest';
import { decideNotification, type NotificationFacts } from './decide-notification.ts';

const at = new Date('2026-05-01T10:00:00Z');
const later = (seconds: number) => new Date(at.getTime() + seconds * 1_000);
const decide = (facts: Partial<NotificationFacts>) =>
  decideNotification({
    kind: 'approval',
    choice: 'all',
    at,
    now: later(60),
    graceSeconds: 10,
    quietUntil: null,
    isLookedAt: false,
    isOver: false,
    ...facts,
  });

test('a question is sent after the grace, and at the end of quiet hours', () => {
  expect(decide({ now: later(9) })).toEqual({ do: 'wait', until: later(10) });
  expect(decide({ now: later(10) })).toEqual({ do: 'send' });
  expect(decide({ quietUntil: later(3_600) })).toEqual({ do: 'wait', until: later(3_600) });
});

test('what was answered, is not wanted or went on is dropped, within the grace too', () => {
  expect(decide({ isOver: true, now: at })).toMatchObject({ do: 'drop', reason: 'answered in time' });
  expect(decide({ isOver: true, kind: 'done' })).toMatchObject({ do: 'drop', reason: 'the thread went on' });
  expect(decide({ choice: 'none' })).toMatchObject({ do: 'drop' });
  expect(decide({ choice: 'questions', kind: 'failed' })).toMatchObject({ do: 'drop' });
  expect(decide({ choice: 'questions', kind: 'limit' })).toEqual({ do: 'send' });
});

test('who looks at the thread needs no telling of its end, and is asked once they look away', () => {
  expect(decide({ isLookedAt: true, kind: 'done' })).toMatchObject({ do: 'drop', reason: 'seen in the thread' });
  expect(decide({ isLookedAt: true })).toEqual({ do: 'wait', until: later(75) });
});

test('a test is always sent', () => {
  expect(decide({ kind: 'test', choice: 'none', isOver: true, quietUntil: later(1), now: at })).toEqual({ do: 'send' });
});
