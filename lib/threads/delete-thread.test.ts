import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { access, rm } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { getTableColumns, getTableName, is } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import { expect, onTestFinished, test } from 'vitest';
import { fromBuffer } from 'yauzl';
import { subjects } from '#lib/bus/streams.ts';
import * as schema from '#lib/db/schema.ts';
import { exportWorkspace } from '#lib/export/export-workspace.ts';
import { readFileAt } from '#lib/git/objects/read-commit-file.ts';
import { createProject } from '#lib/projects/create-project.ts';
import { deleteProject } from '#lib/projects/delete-project.ts';
import { stepAgent } from '#tests/agents/step-agent.ts';
import { testWorker } from '#tests/test-worker.ts';
import { createThread } from './create-thread.ts';
import { deleteThread, ofThreads } from './delete-thread.ts';
import { getThread } from './get-thread.ts';
import { listThreads } from './list-threads.ts';

const bench = await testWorker();
const { context } = bench;
const write = (path: string) => stepAgent([{ tool: 'create_file', args: { path, content: `${path}\n` } }]);
const member = { ...context, actor: { ...context.actor, role: 'member' } as never };

/** What devices hear of this thread next. */
function toldOf(threadId: string): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const hearing = context.bus.connection.subscribe(subjects.live('*', threadId), {
    max: 1,
    callback: (_, message) => resolve(message.string()),
  });
  onTestFinished(() => hearing.unsubscribe());
  return promise;
}

test('every table of threads is emptied, but the bill', () => {
  const tables = Object.values(schema).filter((value) => is(value, PgTable));
  const named = tables.filter((table) => Object.values(getTableColumns(table)).some(({ name }) => name === 'thread_id')).map(getTableName);
  expect(named.toSorted()).toEqual([...ofThreads, 'model_calls'].toSorted());
});

test('a deleted thread is gone everywhere, and the project keeps what it took over', async () => {
  const first = await bench.open(write('a.txt'));
  await first.work();
  const other = await bench.open(write('b.txt'), { projectId: first.projectId });
  await other.work();
  const told = toldOf(first.threadId);
  await deleteThread(context, { threadId: first.threadId });
  expect(await told).toBe('');
  await expect(getThread(context, { threadId: first.threadId })).rejects.toMatchObject({ code: 'not-found' });
  expect((await listThreads(context)).map(({ id }) => id)).not.toContain(first.threadId);
  await expect(access(first.tree)).rejects.toThrow();
  const later = await bench.open(write('c.txt'), { projectId: first.projectId });
  await later.work();
  const { checkpoints } = await later.state();
  const place = { store: context.home.store(first.projectId), commit: checkpoints.at(-1)?.commit ?? '' };
  for (const path of ['a.txt', 'b.txt', 'c.txt']) expect((await readFileAt({ ...place, path }))?.bytes.toString()).toBe(`${path}\n`);
});

test('a run that waits is ended with it', async () => {
  const { threadId } = await createThread(context, { goal: 'Never begun' });
  await deleteThread(context, { threadId });
  await expect(deleteThread(context, { threadId })).rejects.toMatchObject({ code: 'not-found' });
});

test('rejects a member, and lets a project go with all that is in it', async () => {
  const { threadId, projectId, work } = await bench.open(write('a.txt'));
  await work();
  await expect(deleteThread(member, { threadId })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(deleteProject(member, { projectId })).rejects.toMatchObject({ code: 'forbidden' });
  const chosen = () => context.database.sql<{ choices: object }[]>`select choices from telegram_chats where chat_id = 7`;
  await context.database
    .sql`insert into telegram_chats (chat_id, choices) values (7, ${context.database.sql.json({ projectId, agent: 'rules' })})`;
  await deleteProject(context, { projectId });
  expect(await chosen()).toEqual([{ choices: { agent: 'rules' } }]);
  await expect(access(context.home.store(projectId))).rejects.toThrow();
  await expect(getThread(context, { threadId })).rejects.toMatchObject({ code: 'not-found' });
  await expect(deleteProject(context, { projectId })).rejects.toMatchObject({ code: 'not-found' });
});

test('an export holds every event and every project, and no secret', async () => {
  const { threadId, projectId, work } = await bench.open(write('kept.txt'));
  await work();
  const { id: empty } = await createProject(context, { name: 'Nothing yet', from: { template: 'blank' } });
  await expect(exportWorkspace(member)).rejects.toMatchObject({ code: 'forbidden' });
  const bytes = await buffer(await exportWorkspace(context));
  const files = await unzip(bytes);
  expect([...files.keys()]).toEqual(
    expect.arrayContaining([
      'README.txt',
      'workspace.json',
      `threads/${threadId}.ndjson`,
      `projects/${projectId}.bundle`,
      `projects/${empty}.bundle`,
    ]),
  );
  const lines = (files.get(`threads/${threadId}.ndjson`)?.toString() ?? '').trim().split('\n');
  expect(lines.map((line) => JSON.parse(line).seq)).toEqual(lines.map((_, index) => index + 1));
  expect(files.get(`projects/${projectId}.bundle`)?.subarray(0, 20).toString()).toMatch(/^# v[23] git bundle/);
  expect(files.get('workspace.json')?.toString()).not.toMatch(/secret|hash|credential/i);
});

test('an export that nobody takes to its end leaves no git at work', async () => {
  const content = randomBytes(900_000).toString('base64');
  const { projectId, work } = await bench.open(stepAgent([{ tool: 'create_file', args: { path: 'large.txt', content } }]));
  await work();
  const output = await exportWorkspace(context);
  const atWork = async () => {
    const { stdout } = await promisify(execFile)('ps', ['-eo', 'args']);
    return stdout.split('\n').some((line) => line.includes(context.home.store(projectId)) && line.includes('bundle'));
  };
  await expect.poll(() => output.read() !== null && atWork(), { interval: 1 }).toBe(true);
  output.destroy();
  await expect.poll(atWork).toBe(false);
});

test('an export fails as one, and nothing else with it, when git fails', async () => {
  const { id } = await createProject(context, { name: 'Gone', from: { template: 'blank' } });
  await rm(context.home.store(id), { recursive: true });
  await expect(buffer(await exportWorkspace(context))).rejects.toThrow('git bundle ended');
});

function unzip(bytes: Buffer): Promise<Map<string, Buffer>> {
  return new Promise((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true }, (error, zip) => {
      if (error) return reject(error);
      const files = new Map<string, Buffer>();
      zip.on('entry', (entry) => {
        zip.openReadStream(entry, (problem, stream) => {
          if (problem) return reject(problem);
          buffer(stream).then((content) => {
            files.set(entry.fileName, content);
            zip.readEntry();
          }, reject);
        });
      });
      zip.on('end', () => resolve(files));
      zip.readEntry();
    });
  });
}
