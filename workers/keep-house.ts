import { setTimeout as sleep } from 'node:timers/promises';
import { agentPrograms } from '#lib/agents/agent-programs.ts';
import { sweepSecretAnswers } from '#lib/approvals/secret-answer.ts';
import type { Services } from '#lib/context.ts';
import { tidyProject } from '#lib/projects/tidy-project.ts';
import { removeOldPrograms } from './session/program/remove-old-programs.ts';

const everyMs = 600_000;

/**
 * Tidies the projects that nobody works in, drops passwords that were never typed, and removes versions of agents that are of no use any more, every ten
 * minutes until `stop` aborts. What fails is left for the next time.
 */
export async function keepHouse(services: Pick<Services, 'database' | 'home'>, stop: AbortSignal): Promise<void> {
  const report = (what: string) => (error: Error) => console.error(`${what}: ${error.message}`);
  while (!stop.aborted) {
    await sleep(everyMs, undefined, { signal: stop }).catch(() => {});
    await Promise.try(sweepSecretAnswers, services.home).catch(report('Old answers could not be dropped'));
    await removeOldPrograms(services.home, agentPrograms).catch(report('Old versions of agents could not be removed'));
    const projects = stop.aborted ? [] : await listProjects(services).catch(report('Housekeeping failed'));
    for (const projectId of projects ?? [])
      if (!stop.aborted) await tidyProject(services, { projectId, stop }).catch(report(`Project ${projectId} could not be tidied`));
  }
}

async function listProjects({ database }: Pick<Services, 'database'>): Promise<string[]> {
  const rows = await database.sql<{ id: string }[]>`select id from projects order by id`;
  return rows.map(({ id }) => id);
}
