import { agentCatalog } from '#lib/agents/agent-catalog.ts';
import { listProjects } from '#lib/projects/list-projects.ts';
import { personContext } from '../_server/person-context.ts';
import { HomeRoom } from '../_ui/threads/home-room.tsx';

export default async function HomePage({ searchParams }: { searchParams: Promise<{ project?: string }> }) {
  const { project } = await searchParams;
  const projects = await listProjects(await personContext());
  return (
    <HomeRoom
      projects={projects.map(({ id, name }) => ({ id, name }))}
      agents={agentCatalog.map(({ id, name }) => ({ id, name }))}
      projectId={projects.find(({ id }) => id === project)?.id}
    />
  );
}
