import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyChangeSummary, type FileChange } from '#lib/core/change.ts';
import type { ToolCall } from '#lib/core/tool.ts';
import { canonicalJson } from './canonical-json.ts';
import { judgeCall } from './judge-call.ts';
import { judgeEffect } from './judge-effect.ts';
import { pinAction } from './pin-action.ts';

const isolated = { level: 'full', network: true } as const;
const judge = (call: ToolCall, over: Partial<Parameters<typeof judgeCall>[0]> = {}) =>
  judgeCall({ call, mode: 'assisted', isolation: isolated, projectNetworkAllowed: false, rules: [], costUsd: 0, ...over });
const run = (command: string): ToolCall => ({ tool: 'run_command', args: { command, cwd: '.' } });
const file = (path: string, status: FileChange['status'] = 'added'): FileChange => ({
  path,
  status,
  additions: 0,
  deletions: 0,
  binary: false,
});
const changes = (files: FileChange[]) => ({
  ...emptyChangeSummary,
  files: files.slice(0, 100),
  fileCount: files.length,
  deletedCount: files.filter(({ status }) => status === 'deleted').length,
});
const many = (count: number, folder = 'src') => Array.from({ length: count }, (_, index) => file(`${folder}/${index}.ts`));

describe('judgeCall', () => {
  test('edits and deletes in the tree need no question before they run', () => {
    for (const call of [
      { tool: 'create_file', args: { path: 'a.txt', content: '' } },
      { tool: 'delete_path', args: { path: 'a.txt' } },
    ] satisfies ToolCall[])
      expect(judge(call)).toMatchObject({ decision: 'allow', reach: 'tree' });
  });
  test.each(['/etc/passwd', '../x', 'a/../../x', '~/x', 'a\0b', 'a\\..\\b'])('denies the path %j', (path) => {
    expect(judge({ tool: 'read_file', args: { path } }).decision).toBe('deny');
    expect(judge({ tool: 'move_path', args: { from: 'a', to: path } }).decision).toBe('deny');
  });
  test('asks before every command where nothing is kept apart, and still denies', () => {
    const isolation = { level: 'none', network: false } as const;
    expect(judge(run('ls'), { isolation, projectNetworkAllowed: true })).toMatchObject({ decision: 'ask', rule: 'command.unisolated' });
    expect(judge(run('sudo ls'), { isolation }).decision).toBe('deny');
  });
});

describe('judgeEffect', () => {
  const effect = (call: ToolCall, files: FileChange[], mode: 'assisted' | 'autonomous' = 'assisted') =>
    judgeEffect({ call, mode, changes: changes(files) }).decision;
  test('asks for a deletion, and for many files', () => {
    expect(effect({ tool: 'delete_path', args: { path: 'a' } }, [file('a', 'deleted')])).toBe('ask');
    expect(effect(run('make'), many(20))).toBe('allow');
    expect(effect(run('make'), many(21))).toBe('ask');
  });
  test('a folder that was empty and is filled is no deletion, a file in whose place a folder comes is one', () => {
    const write: ToolCall = { tool: 'create_file', args: { path: 'docs/a.md', content: 'a' } };
    expect(effect(write, [file('docs/a.md'), file('docs', 'deleted')])).toBe('allow');
    expect(effect(write, [file('docs/a.md'), { ...file('docs', 'deleted'), deletions: 3 }])).toBe('ask');
  });
  test('asks before it takes away what no checkpoint holds, and says what', () => {
    const lost = ['.git', 'big.bin'];
    expect(judgeEffect({ call: run('make'), mode: 'assisted', changes: changes([]), lost })).toMatchObject({
      decision: 'ask',
      rule: 'effect.lost',
      reason: expect.stringContaining('".git" and 1 more'),
    });
  });
  test('an autonomous run keeps its effects, but not those of what could not be read', () => {
    expect(effect(run('make'), [file('a', 'deleted')], 'autonomous')).toBe('allow');
    expect(effect(run('eval "$x"'), [], 'autonomous')).toBe('ask');
  });
  test('an install that was asked for is not asked again for its dependencies', () => {
    expect(effect(run('npm install'), [...many(90, 'node_modules/a'), file('package-lock.json')])).toBe('allow');
    const whole = [...many(150, 'node_modules/a'), ...many(30, 'src/a')];
    const judgeAll = (files?: FileChange[]) =>
      judgeEffect({ call: run('npm install'), mode: 'assisted', changes: { ...changes(whole), files: whole.slice(0, 100) }, files });
    expect(judgeAll(whole)).toMatchObject({ decision: 'ask', reason: 'It changes 30 files at once.' });
    expect(judgeAll()).toMatchObject({ decision: 'ask' });
    expect(effect(run('npm install'), [file('src/a.ts', 'deleted')])).toBe('ask');
    expect(effect(run('make'), many(30, 'node_modules/a'))).toBe('ask');
  });
});

describe('pinAction', () => {
  const action = { call: run('ls'), cwd: '.', network: false, baseCheckpointId: 'cp_1' };
  test('does not depend on the order of members', () => {
    const reversed = (value: object) => Object.fromEntries(Object.entries(value).reverse());
    fc.assert(fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => canonicalJson(value) === canonicalJson(reversed(value))));
  });
  test('changes with anything that the person was shown', () => {
    const hashes = [
      action,
      { ...action, call: run('ls ') },
      { ...action, cwd: 'a' },
      { ...action, network: true },
      { ...action, baseCheckpointId: 'cp_2' },
      { ...action, effect: { commit: 'abc', changes: emptyChangeSummary } },
      { ...action, effect: { commit: 'abd', changes: emptyChangeSummary } },
    ].map(pinAction);
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(hashes[0]).toMatch(/^[0-9a-f]{64}$/);
  });
});
