import { emptyChangeSummary } from '#lib/core/change.ts';
import type { Command } from '#lib/core/decide.ts';
import type { CheckpointData } from '#lib/core/event.ts';
import { newId } from '#lib/core/new-id.ts';

export const person = { actor: 'person', userId: 'us_test', via: 'api' } as const;

export function checkpoint(overrides: Partial<CheckpointData> = {}): CheckpointData {
  return {
    checkpointId: newId('cp'),
    number: 0,
    commit: '0'.repeat(40),
    parentCommit: null,
    kind: 'base',
    label: 'Start',
    changes: emptyChangeSummary,
    ...overrides,
  };
}

/** The commands that open a thread with one queued run. */
export function openThread(overrides: { workspaceId?: string; runId?: string; goal?: string } = {}): Command[] {
  const { workspaceId = 'ws_test', runId = newId('ru'), goal = 'Create hello.txt' } = overrides;
  return [
    { type: 'create-thread', workspaceId, projectId: 'pr_test', projectName: 'scratch', title: goal, base: checkpoint() },
    { type: 'give-goal', runId, goal, agent: 'rules', agentReason: 'test', mode: 'assisted', dryRun: false },
  ];
}
