import type { RunStatus } from '#lib/core/state.ts';

export const runIcons: Record<RunStatus, string> = {
  queued: '🕐',
  running: '⚙️',
  waiting: '✋',
  completed: '✅',
  failed: '❌',
  cancelled: '⏹',
};
