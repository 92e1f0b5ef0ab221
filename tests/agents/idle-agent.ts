import type { MoveAgent } from '#workers/agents/agent.ts';

/** For runs whose agent does not matter: they are queued, and nobody works on them. */
export const idleAgent: MoveAgent = {
  description: { id: 'idle', name: 'Idle', about: '', capabilities: [], cannot: [], providers: [], needs: [], modelUse: null },
  next: async () => ({ type: 'complete', summary: 'Done.' }),
};
