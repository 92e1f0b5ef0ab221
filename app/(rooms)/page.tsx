import { listAgents } from '#lib/agents/list-agents.ts';
import { listProjects } from '#lib/projects/list-projects.ts';
import { personContext } from '../_server/person-context.ts';
import { HomeRoom } from '../_ui/threads/home-room.tsx';

export default async function HomePage({ searchParams }: { searchParams: Promise<{ project?: string }> }) {
  const { project } = await searchParams;
  const context = await personContext();
  const projects = await listProjects(context);
  const { agents } = listAgents(context);
  return (
    <HomeRoom
      projects={projects.map(({ id, name }) => ({ id, name }))}
      agents={agents.map(({ id, name, about, cannot, cost, ready, whyNot, terminal, providers }) => ({
        ...{ id, name, about, cannot, ready, whyNot, terminal },
        estimate: cost.estimate,
        usesModel: providers.length > 0,
      }))}
      projectId={projects.find(({ id }) => id === project)?.id}
    />
  );
}
