import type { Metadata } from 'next';
import { listMcpServers } from '#lib/mcp/list-mcp-servers.ts';
import { readyServers } from '#lib/mcp/ready-servers.ts';
import { getProject } from '#lib/projects/get-project.ts';
import { listSkills } from '#lib/skills/list-skills.ts';
import { orNotFound, personContext } from '../../../_server/person-context.ts';
import { type PageQuery, readQuery } from '../../../_server/read-query.ts';
import { Notice } from '../../../_ui/base/notice.tsx';
import { NewServer } from '../../../_ui/mcp/new-server.tsx';
import { ServerList } from '../../../_ui/mcp/server-list.tsx';
import { SkillList } from '../../../_ui/mcp/skill-list.tsx';
import { DeleteProject } from '../../../_ui/projects/delete-project.tsx';
import { Room, RoomHeader } from '../../../_ui/room/room-header.tsx';
import { SettingsSection } from '../../../_ui/settings/settings-section.tsx';

export const metadata: Metadata = { title: 'Project' };

type ProjectPageProps = { params: Promise<{ projectId: string }>; searchParams: PageQuery };

export default async function ProjectPage({ params, searchParams }: ProjectPageProps) {
  const { projectId } = await params;
  const { 'sign-in': signIn } = await readQuery(searchParams);
  const context = await personContext();
  const project = await orNotFound(getProject(context, { projectId }));
  const [servers, skills] = await Promise.all([listMcpServers(context, { projectId }), listSkills(context, { projectId })]);
  const isOwner = context.actor.role === 'owner';
  const taken = new Set(servers.map(({ name }) => name));
  return (
    <Room header={<RoomHeader title={project.name} about="What its agents can use" back={`/?project=${project.id}`} backLabel="Back" />}>
      <div className="space-y-8">
        <SettingsSection
          title="MCP servers"
          about="More tools for agents, from their next run on. Every call asks first, unless a rule allows it."
        >
          {signIn === 'refused' && <Notice>You were not signed in: the server, or you on its page, said no.</Notice>}
          {signIn === 'failed' && <Notice>You were not signed in: the server did not give what it had promised. Try again.</Notice>}
          <ServerList projectId={project.id} servers={servers} removable={isOwner} />
          {isOwner && <NewServer projectId={project.id} ready={readyServers.filter(({ id }) => !taken.has(id))} />}
        </SettingsSection>
        <SettingsSection title="Skills" about="Know-how that agents read when they need it: a folder with a SKILL.md for each.">
          <SkillList skills={skills} />
        </SettingsSection>
        {isOwner && (
          <SettingsSection
            title="Delete this project"
            about="With all its threads, files and checkpoints, for good. What its models cost stays on the bill."
          >
            <DeleteProject projectId={project.id} name={project.name} />
          </SettingsSection>
        )}
      </div>
    </Room>
  );
}
