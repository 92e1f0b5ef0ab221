import { desc, eq } from 'drizzle-orm';
import { requirePerson } from '#lib/auth/require-person.ts';
import type { Context } from '#lib/context.ts';
import { projects } from '#lib/db/schema.ts';
import { type Project, toProject } from './get-project.ts';

/** Projects of the person's workspace, newest first. */
export async function listProjects(context: Context): Promise<Project[]> {
  const person = requirePerson(context.actor);
  const rows = await context.database.db
    .select()
    .from(projects)
    .where(eq(projects.workspaceId, person.workspaceId))
    .orderBy(desc(projects.createdAt), desc(projects.id));
  return rows.map(toProject);
}
