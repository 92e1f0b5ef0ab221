import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DomainError } from '#lib/core/domain-error.ts';
import { commitChanges } from '../commit/commit-changes.ts';
import { createStore } from './create-store.ts';
import { fetchRemote } from './fetch-remote.ts';
import { findExcess } from './find-excess.ts';
import { mainBranch, readRef, setRefs } from './refs.ts';
import { runGit } from './run-git.ts';
import { serveClone } from './serve-clone.ts';

const run = promisify(execFile);
const folder = await mkdtemp(join(tmpdir(), 'choir-clone-'));
const store = join(folder, 'store.git');
const bomb = join(folder, 'bomb.git');
let seen: string[] = [];

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  seen.push(pathname);
  if (pathname.startsWith('/moved/')) return response.writeHead(302, { location: `/repo.git${pathname.slice(6)}` }).end();
  const [, name = ''] = pathname.split('/');
  if (name !== 'repo.git' && name !== 'bomb.git') return response.writeHead(404).end();
  const signal = AbortSignal.timeout(30_000);
  const served = name === 'bomb.git' ? bomb : store;
  const gzip = request.headers['content-encoding'] === 'gzip';
  const reply =
    request.method === 'GET'
      ? serveClone({ store: served, kind: 'advertise', signal })
      : serveClone({ store: served, kind: 'upload-pack', body: request, gzip, signal });
  response.writeHead(200, { 'content-type': reply.contentType });
  reply.body.pipe(response);
});
let port = 0;
let hidden = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
  await createStore(store);
  await writeFile(join(folder, 'file'), 'first\n');
  const base = { store, author: { name: 'P', email: 'p@choir.invalid' }, at: new Date(), leftOutBefore: [] };
  const changes = [{ path: 'file', kind: 'file' as const, source: join(folder, 'file') }];
  const { commit } = await commitChanges({ ...base, parentCommit: null, changes, message: 'first' });
  await writeFile(join(folder, 'file'), 'secret\n');
  hidden = (await commitChanges({ ...base, parentCommit: commit, changes, message: 'hidden' })).commit;
  await setRefs({ store, refs: { [mainBranch]: commit, 'refs/heads/choir/th_1': commit, 'refs/choir/th_1/1': hidden } });
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true, force: true });
});

test('git clones the branches and sees no hidden ref', async () => {
  const target = join(folder, 'clone');
  await run('git', ['clone', '--quiet', `http://127.0.0.1:${port}/repo.git`, target]);
  expect(await readFile(join(target, 'file'), 'utf8')).toBe('first\n');
  const { stdout } = await run('git', ['ls-remote', `http://127.0.0.1:${port}/repo.git`]);
  expect(
    stdout
      .trim()
      .split('\n')
      .map((line) => line.split('\t')[1]),
  ).toEqual(['HEAD', 'refs/heads/choir/th_1', 'refs/heads/main']);
});

test('a commit that only a hidden ref holds cannot be fetched by its id', async () => {
  const target = join(folder, 'clone');
  await expect(run('git', ['-C', target, '-c', 'protocol.version=2', 'fetch', 'origin', hidden])).rejects.toThrow();
});

test('git cannot push', async () => {
  const target = join(folder, 'clone');
  await expect(run('git', ['-C', target, 'push', 'origin', 'HEAD:refs/heads/evil'])).rejects.toThrow();
  expect(await readRef({ store, ref: 'refs/heads/evil' })).toBeNull();
});

test('fetches the default branch through the address it was given, whatever the host name says', async () => {
  const copy = join(folder, 'copy.git');
  await createStore(copy);
  const url = `http://repository.invalid:${port}/repo.git`;
  expect(await fetchRemote({ store: copy, url, resolve: async () => '127.0.0.1' })).toBe(await readRef({ store, ref: mainBranch }));
});

test.each([
  ['a redirect', 'http://repository.invalid:PORT/moved/', /leads to another one|could not be fetched/],
  ['no repository', 'http://repository.invalid:PORT/nothing', /no git repository/],
  ['no repository, whatever its name says', 'http://repository.invalid:PORT/401403', /no git repository/],
])('refuses %s', async (_, url, message) => {
  const copy = join(folder, 'refused.git');
  await createStore(copy);
  const fetching = fetchRemote({ store: copy, url: url.replace('PORT', String(port)), resolve: async () => '127.0.0.1' });
  await expect(fetching).rejects.toThrow(message);
});

test('refuses a few objects that stand for more files than a disk holds', async () => {
  await createStore(bomb);
  const write = async (args: string[], input: string) => (await runGit({ store: bomb, args, input })).toString().trim();
  let entry = `100644 blob ${await write(['hash-object', '-w', '--stdin'], 'x')}`;
  for (let level = 0; level < 9; level += 1) {
    const entries = Array.from({ length: 10 }, (_, index) => `${entry}\tf${index}\n`);
    entry = `040000 tree ${await write(['mktree'], entries.join(''))}`;
  }
  const author = { GIT_AUTHOR_NAME: 'M', GIT_AUTHOR_EMAIL: 'm@m.invalid', GIT_COMMITTER_NAME: 'M', GIT_COMMITTER_EMAIL: 'm@m.invalid' };
  const commit = await runGit({ store: bomb, args: ['commit-tree', '-m', 'boom', entry.split(' ')[2] ?? ''], env: author });
  await setRefs({ store: bomb, refs: { [mainBranch]: commit.toString().trim() } });
  const copy = join(folder, 'survived.git');
  await createStore(copy);
  const url = `http://repository.invalid:${port}/bomb.git`;
  const fetching = fetchRemote({ store: copy, url, resolve: async () => '127.0.0.1' });
  await expect(fetching).rejects.toMatchObject({ code: 'too-large', message: expect.stringContaining('more than 500,000 files') });
});

test.each([
  [{ files: 1, bytes: 6, fileBytes: 6 }, null],
  [{ files: 0, bytes: 6, fileBytes: 6 }, 'more than 0 files'],
  [{ files: 1, bytes: 5, fileBytes: 6 }, expect.stringMatching(/^over .* GiB of files$/)],
  [{ files: 1, bytes: 6, fileBytes: 5 }, expect.stringMatching(/^a file over .* MiB$/)],
])('finds what is too much of a commit with one file of six bytes for %j', async (limits, excess) => {
  const commit = (await readRef({ store, ref: mainBranch })) ?? '';
  expect(await findExcess({ store, commit }, limits)).toEqual(excess);
});

test.each([
  'file:///etc',
  '/etc',
  'ext::sh -c id',
  'git@example.org:team/project.git',
  'ssh://example.org/x',
  '--upload-pack=id',
  'https://',
  'http://127.0.0.1/x.git',
  'http://localhost/x.git',
  'http://[::1]/x.git',
  'http://[::ffff:127.0.0.1]/x.git',
  'http://2130706433/x.git',
  'http://0x7f.1/x.git',
  'http://169.254.169.254/latest',
  'http://10.0.0.1/x',
  'http://[fd00::1]/x',
  'http://[64:ff9b::7f00:1]/x',
  'https://user:hunter2@example.org/x.git',
])('refuses %s before anything is connected', async (url) => {
  seen = [];
  const refused = await fetchRemote({ store, url }).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(DomainError);
  expect((refused as DomainError).code).toBe('invalid');
  expect((refused as DomainError).message).not.toContain('hunter2');
  expect(seen).toEqual([]);
});
