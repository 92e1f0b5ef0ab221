import type { EventKind } from '#lib/core/event-kind.ts';

/** What a person calls the events of a kind. */
export const kindWords: Record<EventKind, string> = {
  words: 'What was said',
  plan: 'Plans and steps',
  call: 'Tool calls',
  approval: 'Approvals',
  checkpoint: 'Checkpoints and reverts',
  run: 'Runs',
  model: 'Models',
  rule: 'Rules',
};
