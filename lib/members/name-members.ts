import { requirePerson } from '#lib/auth/require-person.ts';
import type { Context } from '#lib/context.ts';

/** What everybody who is or was a member of the workspace is called, by user id. */
export async function nameMembers(context: Context): Promise<Record<string, string>> {
  const { workspaceId } = requirePerson(context.actor);
  const rows = await context.database.sql<{ id: string; name: string }[]>`select id, name from users where workspace_id = ${workspaceId}`;
  return Object.fromEntries(rows.map(({ id, name }) => [id, name]));
}
