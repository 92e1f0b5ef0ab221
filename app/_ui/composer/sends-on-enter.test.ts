import { expect, it } from 'vitest';
import { sendsOnEnter } from './sends-on-enter.ts';

const enter = { key: 'Enter', shiftKey: false, ctrlKey: false, metaKey: false, isComposing: false };

it('sends on a desktop and makes a line on a phone', () => {
  expect(sendsOnEnter(enter, true)).toBe(true);
  expect(sendsOnEnter(enter, false)).toBe(false);
  expect(sendsOnEnter({ ...enter, shiftKey: true }, true)).toBe(false);
});

it('sends everywhere with Ctrl or Cmd', () => {
  expect(sendsOnEnter({ ...enter, ctrlKey: true }, false)).toBe(true);
  expect(sendsOnEnter({ ...enter, metaKey: true, shiftKey: true }, true)).toBe(true);
});

it('never sends while a word is being composed', () => {
  expect(sendsOnEnter({ ...enter, isComposing: true }, true)).toBe(false);
});
