import { join } from 'node:path';
import type { ChoirHome } from '#lib/home.ts';
import type { AgentProgram } from './agent-program.ts';

/** Where a program's packages lie at exactly their versions, whole or not at all; null where it needs none. */
export function programFolder(home: ChoirHome, agentId: string, { packages }: Pick<AgentProgram, 'packages'>): string | null {
  const versions = Object.values(packages);
  return versions.length === 0 ? null : join(home.agents, agentId, versions.join('+'));
}
