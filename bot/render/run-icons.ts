import type { RunExtent, RunStatus } from '#lib/core/state.ts';

const runIcons: Record<RunStatus, string> = {
  queued: '🕐',
  running: '⚙️',
  waiting: '✋',
  completed: '✅',
  failed: '❌',
  cancelled: '⏹',
};

export function runIcon(status: RunStatus, extent: RunExtent | null): string {
  return status === 'completed' && extent === 'nothing' ? '➖' : runIcons[status];
}
