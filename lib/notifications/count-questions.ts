import type { Database } from '#lib/db/connect-database.ts';

/** Questions that wait for an answer in the workspace of `userId`: the number on the app's icon. */
export async function countQuestions({ sql }: Database, userId: string): Promise<number> {
  const [row] = await sql<{ questions: number }[]>`
    select count(*)::int as questions from approvals a join users u on u.workspace_id = a.workspace_id
    where u.id = ${userId} and a.status = 'open'`;
  return row?.questions ?? 0;
}
