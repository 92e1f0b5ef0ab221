import { expect, test } from 'vitest';
import { drawWhen } from './draw-when.ts';

test.each([
  ['ten million boxes in one word', 'block-beta\ncolumns 3\nspace:9999999\nA'],
  ['boxes behind a title', '---\ntitle: x\n---\n%% a word\n  block\nspace:501'],
  ['boxes behind a directive and a word', '%%{init: {}}%% block\n%% packet\nspace:9999'],
  ['boxes in many words', `block\n${'space:99 '.repeat(40)}`],
  ['a hundred million bits', 'packet-beta\n0-99999999: "x"'],
  ['words between two without end', `sequenceDiagram\n${'A->>B: x\n'.repeat(2_000)}`],
  ['commits without end on one line', `gitGraph\n${'commit;'.repeat(1_000)}`],
  ['one huge name', `flowchart LR\n${'A'.repeat(10_000)}`],
])('what is made to hold a page up is not drawn: %s', (_, source) => {
  expect(drawWhen(source)).toBe('never');
});

test.each([
  ['a flowchart', `flowchart LR\n${Array.from({ length: 25 }, (_, at) => `A${at} --> A${at + 1}`).join('\n')}`],
  ['a plan of years', 'gantt\ndateFormat YYYY-MM-DD\nsection Block\nfirst: a1, 2026-01-01, 2029-12-31'],
  ['boxes', 'block-beta\ncolumns 3\nA:2 space:1 B --> C'],
  ['the head of a packet', `packet-beta\n${Array.from({ length: 20 }, (_, at) => `${at * 16}-${at * 16 + 15}: "field"`).join('\n')}`],
])('what people draw is: %s', (_, source) => {
  expect(drawWhen(source)).toBe('at-once');
});

test('what takes a while is drawn when it is asked for', () => {
  expect(drawWhen(`erDiagram\n${'A ||--o{ B : has\n'.repeat(100)}`)).toBe('asked');
  expect(drawWhen(`flowchart LR\nA["${'word '.repeat(500)}"]`)).toBe('asked');
});
