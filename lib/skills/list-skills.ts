import type { Context } from '#lib/context.ts';
import { getProject } from '#lib/projects/get-project.ts';
import { homeSkills } from './home-skills.ts';
import { projectSkills } from './project-skills.ts';
import type { Skill } from './skill.ts';

/** What agents can read up on in a project: the person's own skills, and those at the head of the project. Throws `not-found`. */
export async function listSkills(context: Context, { projectId }: { projectId: string }): Promise<Skill[]> {
  const project = await getProject(context, { projectId });
  const store = context.home.store(project.id);
  const [own, brought] = await Promise.all([homeSkills(context.home), projectSkills({ store, commit: project.headCommit })]);
  return [...own, ...brought];
}
