import { expect, test } from 'vitest';
import type { RunState, ThreadState } from '#lib/core/state.ts';
import { fateOf } from './recover-transactions.ts';

function stateWith(run: Partial<RunState>, { current = 'cp_2' } = {}): ThreadState {
  const session = { sessionId: 'se_1', agentSessionId: 'a', restarts: 0, line: 0, ...run.session };
  return {
    run: { runId: 'ru_1', status: 'running', calls: [], approvals: [], ...run, session },
    checkpoints: [{ checkpointId: 'cp_1' }, { checkpointId: 'cp_2' }],
    currentCheckpointId: current,
  } as unknown as ThreadState;
}
const ended = (reason: 'done' | 'parked') => ({ session: { ended: reason } as RunState['session'] });

test("a session's overlay stays as long as its run, whoever works on it", () => {
  for (const status of ['queued', 'running', 'waiting'] as const) expect(fateOf(stateWith({ status }), 'se_1')).toBe('wait');
  expect(fateOf(stateWith({ status: 'waiting', ...ended('parked') }), 'se_1')).toBe('wait');
});

test('it is kept to its end when the run was, and nothing has gone back since', () => {
  expect(fateOf(stateWith({ status: 'completed', ...ended('done') }), 'se_1')).toBe('keep');
  expect(fateOf(stateWith({ status: 'completed', ...ended('done') }, { current: 'cp_1' }), 'se_1')).toBe('drop');
});

test('it goes with a run that ended in any other way, and with another run', () => {
  for (const status of ['failed', 'cancelled'] as const) expect(fateOf(stateWith({ status, ...ended('done') }), 'se_1')).toBe('drop');
  expect(fateOf(stateWith({ status: 'completed', ...ended('parked') }), 'se_1')).toBe('drop');
  expect(fateOf(stateWith({ status: 'running' }), 'se_0')).toBe('drop');
});
