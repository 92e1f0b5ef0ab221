import type { Context } from '#lib/context.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import { createProject } from './create-project.ts';
import { getProject, type Project } from './get-project.ts';

export const defaultProjectName = 'scratch';

/** The project of a goal that names none, as far as there was such a goal. */
export async function findDefaultProject(context: Context): Promise<Project | null> {
  try {
    return await getProject(context, { projectId: defaultProjectName });
  } catch (error) {
    if (hasCode(error, 'not-found')) return null;
    throw error;
  }
}

/** The project of a goal that names none: made at the first such goal, one per workspace however many ask at once. */
export async function ensureDefaultProject(context: Context): Promise<Project> {
  const found = await findDefaultProject(context);
  if (found) return found;
  try {
    return await createProject(context, { name: defaultProjectName });
  } catch (error) {
    if (!hasCode(error, 'conflict')) throw error;
    return getProject(context, { projectId: defaultProjectName });
  }
}

function hasCode(error: unknown, code: DomainError['code']): boolean {
  return error instanceof DomainError && error.code === code;
}
