import { listProjects } from '#lib/projects/list-projects.ts';
import { agentChoices } from '../_server/agent-choices.ts';
import { personContext } from '../_server/person-context.ts';
import { type PageQuery, readQuery } from '../_server/read-query.ts';
import { HomeRoom } from '../_ui/threads/home-room.tsx';

export default async function HomePage({ searchParams }: { searchParams: PageQuery }) {
  const { project } = await readQuery(searchParams);
  const context = await personContext();
  const projects = await listProjects(context);
  return (
    <HomeRoom
      projects={projects.map(({ id, name }) => ({ id, name }))}
      agents={agentChoices(context)}
      projectId={projects.find(({ id }) => id === project)?.id}
    />
  );
}
