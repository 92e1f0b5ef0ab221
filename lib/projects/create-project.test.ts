import { readdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ZipFile } from 'yazl';
import { ensureOwner } from '#lib/auth/ensure-owner.ts';
import { connectBus } from '#lib/bus/connect-bus.ts';
import type { Context } from '#lib/context.ts';
import { connectDatabase } from '#lib/db/connect-database.ts';
import { listFilesAt } from '#lib/git/objects/list-commit-files.ts';
import { readFileAt } from '#lib/git/objects/read-commit-file.ts';
import { createLedger } from '#lib/ledger/create-ledger.ts';
import { testModelSetup } from '#tests/models/model-setup.ts';
import { testDatabase, testHome, testNats } from '#tests/services.ts';
import { createProject, type ProjectSource } from './create-project.ts';
import { ensureDefaultProject } from './ensure-default-project.ts';
import { getProject } from './get-project.ts';
import { listProjects } from './list-projects.ts';
import { templateNames } from './templates/write-template.ts';

const database = connectDatabase(await testDatabase());
const nats = await testNats();
const bus = await connectBus({ url: nats.url, credsFile: nats.credsFile, name: 'test' });
const ledger = createLedger({ database, bus });
const home = await testHome();
const { workspaceId, userId } = await ensureOwner({ database });
const context: Context = {
  database,
  bus,
  ledger,
  home,
  models: testModelSetup(),
  actor: { kind: 'person', userId, workspaceId, role: 'owner', via: 'api', credentialId: 'tk_test' },
};
afterAll(async () => {
  await ledger.close();
  await bus.close();
  await database.close();
});

type ZipEntry = { name: string; content: string | Buffer; mode?: number };

function zip(entries: ZipEntry[], rename?: [from: string, to: string]): ProjectSource {
  const file = new ZipFile();
  for (const { name, content, mode } of entries) file.addBuffer(Buffer.from(content), name, { mode: mode ?? 0o100644 });
  file.end();
  async function* content() {
    const chunks: Buffer[] = [];
    for await (const chunk of file.outputStream) chunks.push(Buffer.from(chunk));
    const bytes = Buffer.concat(chunks).toString('latin1');
    yield Buffer.from(rename ? bytes.replaceAll(...rename) : bytes, 'latin1');
  }
  return { upload: { fileName: 'project.zip', content: content() } };
}

async function storesOnDisk(): Promise<string[]> {
  return readdir(`${home.root}/projects`).catch(() => []);
}

test.each(templateNames)('makes a project from the template %s', async (template) => {
  const project = await createProject(context, { name: `from ${template}`, from: { template } });
  const { files } = await listFilesAt({ store: home.store(project.id), commit: project.headCommit, limit: 100 });
  expect(files.includes('README.md')).toBe(template !== 'blank');
  expect(await getProject(context, { projectId: project.id })).toEqual(project);
  expect(await listProjects(context)).toContainEqual(project);
});

test('makes a project from a zip: folder around it taken off, executable bit and links kept', async () => {
  const from = zip([
    { name: 'app/run.sh', content: '#!/bin/sh\n', mode: 0o100755 },
    { name: 'app/src/main.txt', content: 'main' },
    { name: 'app/link', content: 'src/main.txt', mode: 0o120777 },
  ]);
  const project = await createProject(context, { name: 'uploaded', from });
  const at = (path: string) => readFileAt({ store: home.store(project.id), commit: project.headCommit, path });
  expect(await at('run.sh')).toMatchObject({ mode: 0o100755 });
  expect((await at('src/main.txt'))?.bytes.toString()).toBe('main');
  expect(await at('link')).toMatchObject({ kind: 'symlink', bytes: Buffer.from('src/main.txt') });
});

test.each<[string, () => ProjectSource, string]>([
  ['a name that climbs out', () => zip([{ name: 'aa/evil', content: 'x' }], ['aa/evil', '../evil']), 'invalid'],
  ['an absolute name', () => zip([{ name: 'xetc/evil', content: 'x' }], ['xetc/evil', '/etc/evil']), 'invalid'],
  ['a backslash name', () => zip([{ name: '..xevil', content: 'x' }], ['..xevil', '..\\evil']), 'invalid'],
  [
    'a link that leads out',
    () =>
      zip([
        { name: 'link', content: '../../etc', mode: 0o120777 },
        { name: 'a', content: '' },
      ]),
    'invalid',
  ],
  [
    'an absolute link',
    () =>
      zip([
        { name: 'link', content: '/etc/passwd', mode: 0o120777 },
        { name: 'a', content: '' },
      ]),
    'invalid',
  ],
  [
    'a file that is written through a link',
    () =>
      zip([
        { name: 'link', content: 'other', mode: 0o120777 },
        { name: 'link/file', content: 'x' },
        { name: 'other/a', content: '' },
      ]),
    'invalid',
  ],
  [
    'two files of one name',
    () =>
      zip(
        [
          { name: 'aa', content: '1' },
          { name: 'ab', content: '2' },
        ],
        ['ab', 'aa'],
      ),
    'invalid',
  ],
  ['a bomb', () => zip([{ name: 'zeros', content: Buffer.alloc(128 * 1024 ** 2) }]), 'too-large'],
  ['what is no zip', () => ({ upload: { fileName: 'x.zip', content: chunks(['not a zip']) } }), 'invalid'],
  ['an unknown template', () => ({ template: 'constructor' }), 'invalid'],
  ['a git address inside the network', () => ({ gitUrl: 'http://localhost:9/x.git' }), 'invalid'],
])('rejects %s and leaves nothing behind', async (_, from, code) => {
  const before = await storesOnDisk();
  const projects = await listProjects(context);
  await expect(createProject(context, { name: 'refused', from: from() })).rejects.toMatchObject({ name: 'DomainError', code });
  expect(await storesOnDisk()).toEqual(before);
  expect(await listProjects(context)).toEqual(projects);
});

test.each(['', '  ', 'a/b', '.git', '-x', 'a\u202Eb', 'a\nb', 'x'.repeat(101)])('rejects the name %j', async (name) => {
  await expect(createProject(context, { name })).rejects.toMatchObject({ code: 'invalid' });
});

test('rejects a name that is taken, in any case and however many ask at once', async () => {
  const results = await Promise.allSettled(['Twice', 'twice', 'TWICE'].map((name) => createProject(context, { name })));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const result of results) if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'conflict' });
});

test('gives every goal without a project the same one', async () => {
  const found = await Promise.all([1, 2, 3].map(() => ensureDefaultProject(context)));
  expect(new Set(found.map(({ id }) => id)).size).toBe(1);
});

test('rejects a worker, and a person of another workspace', async () => {
  const project = await ensureDefaultProject(context);
  const worker: Context = { ...context, actor: { kind: 'worker', workerId: 'wk_1' } };
  await expect(createProject(worker, { name: 'by a worker' })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(listProjects(worker)).rejects.toMatchObject({ code: 'forbidden' });
  const stranger: Context = {
    ...context,
    actor: { kind: 'person', userId, workspaceId: 'ws_other', role: 'owner', via: 'api', credentialId: 'tk' },
  };
  await expect(getProject(stranger, { projectId: project.id })).rejects.toMatchObject({ code: 'not-found' });
});

async function* chunks(parts: string[]) {
  for (const part of parts) yield Buffer.from(part);
}

test('who heard no answer asks again, and is given the project that was made, with one store', async () => {
  const stores = async () => (await readdir(dirname(home.store('x')))).length;
  const before = await stores();
  const asked = { name: 'Asked again', requestId: 'rq_same_request' };
  const [first, ...others] = await Promise.all([
    createProject(context, asked),
    createProject(context, asked),
    createProject(context, asked),
  ]);
  for (const other of [...others, await createProject(context, asked)]) expect(other).toEqual(first);
  expect(await stores()).toBe(before + 1);
  for (const requestId of ['rq_other_request', undefined])
    await expect(createProject(context, { name: 'asked again', requestId })).rejects.toMatchObject({ code: 'conflict' });
});
