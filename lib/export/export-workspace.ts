import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { requireOwner } from '#lib/auth/require-owner.ts';
import type { Context } from '#lib/context.ts';
import { bundleStore } from '#lib/git/store/bundle-store.ts';
import { readEvents } from '#lib/ledger/read-events.ts';

const guide = `Everything of this workspace, as Choir keeps it.

workspace.json           the workspace, its members, projects, threads, rules, budgets, and what models cost
threads/<id>.ndjson      the events of a thread, one JSON document a line, oldest first
projects/<id>.bundle     all branches and checkpoints of a project: git clone <id>.bundle

No secret is in it: no token, no key, no sign-in.
`;

/** The whole workspace as a zip, made while it is read. Owner only. */
export async function exportWorkspace(context: Context): Promise<Readable> {
  const { workspaceId } = requireOwner(context.actor, 'Only the owner takes everything out.');
  const { sql } = context.database;
  const projects = await sql<
    { id: string }[]
  >`select id, name, origin, head_commit, created_at from projects where workspace_id = ${workspaceId}`;
  const threads = await sql<{ id: string }[]>`
    select id, project_id, title, seq, run_status, agent, created_at, updated_at from threads where workspace_id = ${workspaceId}`;
  const [workspace, members, rules, budgets, modelCalls] = await Promise.all([
    sql`select id, name, created_at from workspaces where id = ${workspaceId}`,
    sql`select id, name, role, created_at, removed_at from users where workspace_id = ${workspaceId}`,
    sql`select * from rules where workspace_id = ${workspaceId}`,
    sql`select * from budgets where workspace_id = ${workspaceId}`,
    sql`select * from model_calls where workspace_id = ${workspaceId} order by at`,
  ]);
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  // Whoever goes away in the middle leaves nothing at work; and what fails ends the zip, which listens to none of its parts.
  const over = new AbortController();
  output.once('close', () => over.abort());
  zip.on('error', (error: Error) => output.destroy(error));
  const add = (name: string, compress: boolean, read: () => Readable) =>
    zip.addReadStreamLazy(name, { compress }, (give) =>
      give(
        null,
        read().on('error', (error) => output.destroy(error)),
      ),
    );

  zip.addBuffer(Buffer.from(guide), 'README.txt');
  const facts = { workspace: workspace[0], members, projects, threads, rules, budgets, modelCalls };
  zip.addBuffer(Buffer.from(JSON.stringify(facts, null, 2)), 'workspace.json');
  const { signal } = over;
  for (const { id } of threads) add(`threads/${id}.ndjson`, true, () => Readable.from(eventLines(context, id), { signal }));
  for (const { id } of projects) add(`projects/${id}.bundle`, false, () => bundleStore(context.home.store(id), signal));
  zip.end();
  return output;
}

async function* eventLines({ database }: Context, threadId: string): AsyncGenerator<string> {
  for await (const events of readEvents(database, threadId)) yield events.map((event) => `${JSON.stringify(event)}\n`).join('');
}
