import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Services } from '#lib/context.ts';
import type { TerminalAgent } from '#workers/agents/agent.ts';
import { installProgram } from '#workers/session/program/install-program.ts';

export const agentsCache = join(process.cwd(), 'node_modules', '.cache', 'choir-agents');

/**
 * Gives a test's home the agents that every test shares, and every run after it: they are hundreds of megabytes. Call it at the top level of a file,
 * where a download on a slow line is nobody's time-out.
 */
export async function shareInstalledAgents(services: Pick<Services, 'home' | 'database'>, ...agents: TerminalAgent[]): Promise<void> {
  mkdirSync(agentsCache, { recursive: true });
  symlinkSync(agentsCache, services.home.agents);
  const options = { signal: new AbortController().signal, onWait: async () => {} };
  for (const { description, program } of agents) await installProgram(services, description.id, program, options);
}
