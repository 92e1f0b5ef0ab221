import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createProject } from '#lib/projects/create-project.ts';
import { signedIn, testWebServices } from '#tests/web-services.ts';
import { GET, POST } from './route.ts';

const run = promisify(execFile);
const services = await testWebServices();
const { actor, token, cookie } = await signedIn(services);
const folder = await mkdtemp(join(tmpdir(), 'choir-clone-out-'));

const server = createServer(async (incoming, outgoing) => {
  const method = incoming.method ?? 'GET';
  const headers = new Headers(Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)]));
  const body = method === 'POST' ? (Readable.toWeb(incoming) as ReadableStream) : undefined;
  const request = new Request(`http://127.0.0.1${incoming.url}`, { method, headers, body, duplex: 'half' } as RequestInit);
  // As Next gives them: decoded.
  const path = new URL(request.url).pathname.split('/').slice(2).map(decodeURIComponent);
  const response = await (method === 'POST' ? POST : GET)(request, { params: Promise.resolve({ path }) });
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  if (response.body) Readable.fromWeb(response.body as NodeReadableStream).pipe(outgoing);
  else outgoing.end();
});
let origin = '';
beforeAll(async () => {
  await createProject({ ...services, actor }, { name: 'My page', from: { template: 'static-page' } });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true, force: true });
});

const environment = {
  PATH: process.env.PATH,
  GIT_TERMINAL_PROMPT: '0',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  NODE_ENV: 'test' as const,
};

test('git clones a project by name with a token as the password', async () => {
  const target = join(folder, 'page');
  await run('git', ['clone', '--quiet', `http://choir:${token}@${origin}/git/My%20page.git`, target], { env: environment });
  expect(await readFile(join(target, 'index.html'), 'utf8')).toContain('<h1>Hello</h1>');
});

test('rejects a clone without a token, with a wrong one, and with a cookie', async () => {
  const url = `http://${origin}/git/My%20page.git/info/refs?service=git-upload-pack`;
  const attempts: Record<string, string>[] = [{}, { authorization: `Basic ${btoa('choir:wrong')}` }, { cookie }];
  for (const headers of attempts) {
    const response = await fetch(url, { headers });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toContain('Basic');
  }
});

test.each([
  ['a push', '/git/My%20page.git/info/refs?service=git-receive-pack', 403],
  ['a project that is not there', '/git/nothing.git/info/refs?service=git-upload-pack', 404],
  ['a path that climbs', '/git/My%20page.git/..%2f..%2fconfig?service=git-upload-pack', 404],
  ['a name that no database holds', '/git/%00.git/info/refs?service=git-upload-pack', 400],
  ['a file of the store', '/git/My%20page.git/HEAD?service=git-upload-pack', 404],
])('rejects %s', async (_, path, status) => {
  const response = await fetch(`http://${origin}${path}`, { headers: { authorization: `Bearer ${token}` } });
  expect(response.status).toBe(status);
});

test('serves a project whose name looks encoded', async () => {
  await createProject({ ...services, actor }, { name: '100% %41' });
  const path = `/git/${encodeURIComponent('100% %41')}.git/info/refs?service=git-upload-pack`;
  const response = await fetch(`http://${origin}${path}`, { headers: { authorization: `Bearer ${token}` } });
  expect(response.status).toBe(200);
});
