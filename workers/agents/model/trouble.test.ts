import { describe, expect, it } from 'vitest';
import type { CallState, RunState } from '#lib/core/state.ts';
import { troubleOf } from './trouble.ts';

function call(path: string, more: Partial<CallState> = {}): CallState {
  const result = { status: 'succeeded' as const, stdout: '', stderr: '', returncode: null, error: null, artifacts: [], duration_ms: 1 };
  return { callId: path, call: { tool: 'read_file', args: { path } }, status: 'finished', network: false, result, ...more } as CallState;
}

const times = (count: number, ...round: CallState[]) => Array.from({ length: count }, () => round).flat();
const edit = (path: string) => call(path, { checkpointId: `cp_${path}` });
const denied = (path: string) => call(path, { result: { ...call(path).result!, status: 'denied' } });
const trouble = (...calls: CallState[]) => troubleOf({ calls, approvals: [] as RunState['approvals'] } as RunState, [], undefined);

describe('a circle', () => {
  it('is the same call again and again while no file changed, whatever stands between', () => {
    const apart = (count: number) => Array.from({ length: count }, (_, index) => [call(`other-${index}`), call('a')]).flat();
    expect(trouble(...apart(3)).nudge).toContain('the same call 3 times');
    expect(trouble(...apart(5)).ask?.question).toContain('the same call 5 times');
  });

  it('is a round of several calls, also of ones that change files', () => {
    expect(trouble(...times(3, edit('a'), edit('b'), call('c'))).nudge).toContain('the same 3 calls 3 times over');
    expect(trouble(call('x'), ...times(5, ...Array.from({ length: 12 }, (_, index) => edit(`${index}`)))).ask?.question).toContain(
      'the same 12 calls 5 times over',
    );
  });

  it('is not a check after each of many changes', () => {
    const work = Array.from({ length: 20 }, (_, index) => [edit(`${index}`), call('check')]).flat();
    expect(trouble(...work)).toEqual({});
  });
});

it('counts what a rule denied as not gone through', () => {
  const ways = Array.from({ length: 6 }, (_, index) => denied(`${index}`));
  expect(trouble(...ways.slice(0, 3)).nudge).toContain('3 calls in a row did not go through');
  expect(trouble(...ways).ask?.question).toBe('6 calls in a row did not go through. Let the agent try on?');
});
