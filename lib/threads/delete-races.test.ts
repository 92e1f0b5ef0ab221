import { access } from 'node:fs/promises';
import type { TransactionSql } from 'postgres';
import { expect, test } from 'vitest';
import { addMcpServer } from '#lib/mcp/add-mcp-server.ts';
import { listMcpServers } from '#lib/mcp/list-mcp-servers.ts';
import { deleteProject } from '#lib/projects/delete-project.ts';
import { stepAgent } from '#tests/agents/step-agent.ts';
import { testWorker } from '#tests/test-worker.ts';
import { createThread } from './create-thread.ts';
import { deleteThread } from './delete-thread.ts';
import { getThread } from './get-thread.ts';
import { postMessage } from './post-message.ts';

const bench = await testWorker();
const { context } = bench;
const { sql } = context.database;
const agent = stepAgent([{ tool: 'create_file', args: { path: 'a.txt', content: 'a\n' } }]);

test('words that come while a thread is deleted leave nothing behind', async () => {
  const { threadId, work } = await bench.open(agent);
  await work();
  let posting: Promise<unknown> = Promise.resolve();
  let posted = false;
  await heldAt(
    'snapshots',
    () => deleteThread(context, { threadId }),
    async () => {
      posting = postMessage(context, { threadId, text: 'One more thing' }).catch(() => {});
      void posting.then(() => {
        posted = true;
      });
      await expect.poll(async () => posted || (await isHeld('a row'))).toBe(true);
    },
  );
  await posting;
  for (const table of ['events', 'runs', 'snapshots', 'threads'])
    expect((await sql`select 1 from ${sql(table)} where ${sql(table === 'threads' ? 'id' : 'thread_id')} = ${threadId}`).count).toBe(0);
});

test('a worker that gets the job of a deleted thread finds nothing to do, and makes nothing', async () => {
  const { threadId, work } = await bench.open(agent);
  await deleteThread(context, { threadId });
  await work();
  await expect(access(context.home.thread(threadId))).rejects.toThrow();
  await expect(postMessage(context, { threadId, text: 'Hello?' })).rejects.toMatchObject({ code: 'not-found' });
});

test('a project in which a thread is begun meanwhile keeps all that is set up for it', async () => {
  const { projectId, work } = await bench.open(agent);
  await work();
  await addMcpServer(context, { projectId, name: 'git', from: { kind: 'ready', entry: 'git' } });
  let threadId = '';
  const deleting = heldAt(
    'budgets',
    () => deleteProject(context, { projectId }),
    async () => {
      ({ threadId } = await createThread(context, { projectId, goal: 'Begun meanwhile' }));
    },
  );
  await expect(deleting).rejects.toMatchObject({ code: 'conflict' });
  await expect(getThread(context, { threadId })).resolves.toMatchObject({});
  expect((await listMcpServers(context, { projectId })).map(({ name }) => name)).toEqual(['git']);
});

/** Does `meanwhile` while `work` waits for a table that it changes, and hands on what came of `work`. */
async function heldAt(table: string, work: () => Promise<unknown>, meanwhile: () => Promise<void>): Promise<void> {
  const working = await sql.begin(async (holder: TransactionSql) => {
    await holder`lock table ${holder(table)} in share row exclusive mode`;
    const outcome = Promise.allSettled([work()]);
    await expect.poll(() => isHeld(table)).toBe(true);
    await meanwhile();
    return { outcome };
  });
  const [ended] = await working.outcome;
  if (ended.status === 'rejected') throw ended.reason;
}

/** Whether somebody waits for a table, or for a row of any. */
async function isHeld(what: string): Promise<boolean> {
  const rows = await sql`
    select 1 from pg_locks l join pg_stat_activity a on a.pid = l.pid
    where not l.granted and a.datname = current_database()
      and ${what} = case l.locktype when 'transactionid' then 'a row' else l.relation::regclass::text end`;
  return rows.length > 0;
}
