import { and, eq, or, sql } from 'drizzle-orm';
import { requirePerson } from '#lib/auth/require-person.ts';
import type { Context } from '#lib/context.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import type { Database } from '#lib/db/connect-database.ts';
import { projects } from '#lib/db/schema.ts';

export type ProjectRow = typeof projects.$inferSelect;

/** A project as its people see it; `createdAt` is an ISO instant. */
export type Project = Omit<ProjectRow, 'createdAt' | 'workspaceId' | 'createdBy'> & { createdAt: string };

/** A row as people see it. */
export function toProject({ workspaceId: _workspace, createdBy: _person, createdAt, ...row }: ProjectRow): Project {
  return { ...row, createdAt: createdAt.toISOString() };
}

/** A project of the person's workspace, by id or by name. Throws `not-found`. */
export async function getProject(context: Context, { projectId }: { projectId: string }): Promise<Project> {
  const person = requirePerson(context.actor);
  const [row] = await context.database.db
    .select()
    .from(projects)
    .where(
      and(
        eq(projects.workspaceId, person.workspaceId),
        or(eq(projects.id, projectId), eq(sql`lower(${projects.name})`, sql`lower(${projectId})`)),
      ),
    )
    .orderBy(sql`${projects.id} = ${projectId} desc`)
    .limit(1);
  if (!row) throw new DomainError('not-found', 'There is no such project.');
  return toProject(row);
}

/** For workers, which serve every workspace. Throws `not-found`. */
export async function getProjectRow(database: Database, projectId: string): Promise<ProjectRow> {
  const [row] = await database.db.select().from(projects).where(eq(projects.id, projectId));
  if (!row) throw new DomainError('not-found', 'There is no such project.');
  return row;
}
