import { describe, expect, it } from 'vitest';
import type { PinnedAction } from '#lib/core/approval.ts';
import type { FileDiff } from '#lib/core/change.ts';
import { foldAll } from '#lib/core/fold.ts';
import type { RunState } from '#lib/core/state.ts';
import { askingThread, changed, summaryOf } from '#tests/builders/sample-threads.ts';
import { describeEnding, describeQuestion } from './describe-notification.ts';

const edited = changed('src/total.ts', 1, 1);
const diff: FileDiff = {
  ...edited,
  id: 'one',
  truncated: false,
  hunks: [
    {
      ...{ oldStart: 4, oldLines: 2, newStart: 4, newLines: 2 },
      lines: [
        { kind: 'context', text: 'let sum = 0;' },
        { kind: 'delete', text: 'return sum;' },
        { kind: 'add', text: 'return round(sum);' },
      ],
    },
  ],
};

function question(changes: FileDiff[] | null, { files = [edited], ...action }: Partial<PinnedAction> & { files?: (typeof edited)[] } = {}) {
  const effect = { commit: 'f'.repeat(40), changes: summaryOf(...files) };
  const state = foldAll(askingThread({ call: { tool: 'run_command', args: { command: 'sed -i …', cwd: '.' } }, effect, ...action }));
  const approval = state.run?.approvals[0];
  if (!approval) throw new Error('Nothing is asked.');
  return describeQuestion(state, approval, changes);
}

describe('a question about a change of files', () => {
  it('is answered from a notification that shows every line of it', () => {
    const { title, body, answerable } = question([diff]);
    expect(title).toBe('Keep what this did?');
    expect(body.split('\n').slice(1)).toEqual(['sed -i …', 'modified src/total.ts', '− return sum;', '+ return round(sum);']);
    expect(answerable).toBe(true);
  });

  it('is opened where only the names of its files are known', () => {
    const { body, answerable } = question(null);
    expect(body).toContain('It changed 1 file, +1 −1:\nmodified src/total.ts');
    expect(answerable).toBe(false);
  });

  it.each([
    ['bytes that are no text', [{ ...diff, binary: true }], [edited]],
    ['lines that are left out', [{ ...diff, truncated: true }], [edited]],
    ['a mode', [{ ...diff, status: 'mode' as const, hunks: [] }], [edited]],
    ['a file that the lines say nothing of', [diff], [edited, changed('run.sh', 0, 0, 'mode')]],
    ['more lines than there is room for', [{ ...diff, hunks: Array(30).fill(diff.hunks[0]) }], [edited]],
  ])('is opened where it is about %s', (_, changes, files) => {
    expect(question(changes, { files }).answerable).toBe(false);
  });

  it('says what a call wrote once: in the lines that came of it', () => {
    const call = { tool: 'create_file', args: { path: 'a.txt', content: 'one' } } as const;
    const added: FileDiff = {
      ...diff,
      path: 'a.txt',
      status: 'added',
      hunks: [{ ...diff.hunks[0], lines: [{ kind: 'add', text: 'one' }] }] as never,
    };
    const { body } = question([added], { call, files: [changed('a.txt', 1, 0, 'added')] });
    expect(body.split('\n').slice(1)).toEqual(['Creating a.txt', 'added a.txt', '+ one']);
  });
});

it('a question that has not run yet is answered where all of it is shown', () => {
  expect(question(null, { effect: undefined }).answerable).toBe(true);
  expect(
    question(null, { effect: undefined, call: { tool: 'run_command', args: { command: 'x'.repeat(900), cwd: '.' } } }).answerable,
  ).toBe(false);
});

it('says of a run that ended how much of its plan it did', () => {
  const state = foldAll(askingThread());
  const titleOf = (end: Partial<RunState>) => state.run && describeEnding(state, { ...state.run, ...end }).title;
  expect(titleOf({ status: 'completed', extent: 'whole' })).toBe('Done');
  expect(titleOf({ status: 'completed', extent: 'part' })).toBe('Done in part');
  expect(titleOf({ status: 'completed', extent: 'nothing' })).toBe('Nothing was done');
  expect(titleOf({ status: 'failed' })).toBe('Failed');
});
