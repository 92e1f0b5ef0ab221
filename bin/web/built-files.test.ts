import { once } from 'node:events';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { compressFiles } from '#bin/start/build/compress-files.ts';
import { builtFiles } from './built-files.ts';

const script = 'export const voices = ["soprano", "alto", "tenor", "bass"];\n'.repeat(50);
const folder = await mkdtemp(join(tmpdir(), 'choir-build-'));
await mkdir(join(folder, 'chunks'));
await writeFile(join(folder, 'chunks', 'a.js'), script);
await writeFile(join(folder, 'face.woff2'), 'a font');
await writeFile(join(folder, 'notes.txt'), 'notes');
await compressFiles(folder);

const answer = builtFiles(folder);
const server = createServer((asked, response) => void (answer(asked, response) || response.writeHead(404).end('handed on')));
server.listen(0, '127.0.0.1');
await once(server, 'listening');
afterAll(() => void server.close());

async function get(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const sent = request({ host: '127.0.0.1', port: (server.address() as AddressInfo).port, path, headers, method }).end();
  const [response] = await once(sent, 'response');
  return { status: response.statusCode, headers: response.headers, body: Buffer.concat(await response.toArray()) };
}

test.each([
  ['gzip, deflate, br, zstd', 'br', brotliDecompressSync],
  ['gzip, deflate', 'gzip', gunzipSync],
  ['br; q=0 , GZIP', 'gzip', gunzipSync],
  ['br;q=0;x=1, gzip;q=0.5', 'gzip', gunzipSync],
  ['brotli, zebra, gzip;q=0.0', undefined, (body: Buffer) => body],
  ['', undefined, (body: Buffer) => body],
])('gives a script to who takes "%s" as %s', async (accepted, encoding, read) => {
  const { status, headers, body } = await get('/_next/static/chunks/a.js', { 'accept-encoding': accepted });
  expect(status).toBe(200);
  expect(headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
    'content-length': String(body.length),
    vary: 'accept-encoding',
  });
  expect(headers['content-encoding']).toBe(encoding);
  expect(read(body).toString()).toBe(script);
});

test('gives a font as it is, and the head of a script without its body', async () => {
  const font = await get('/_next/static/face.woff2', { 'accept-encoding': 'gzip, br' });
  expect(font).toMatchObject({ status: 200, body: Buffer.from('a font') });
  expect(font.headers['content-encoding']).toBeUndefined();
  expect(await get('/_next/static/chunks/a.js', {}, 'HEAD')).toMatchObject({
    status: 200,
    headers: { 'content-length': String(script.length) },
    body: Buffer.alloc(0),
  });
});

test.each([
  '/_next/static/chunks/b.js',
  '/_next/static/chunks/a.js.br',
  '/_next/static/notes.txt',
  '/_next/static/../../package.json',
  '/_next/static/',
  '/chunks/a.js',
])('hands on %s', async (path) => {
  expect((await get(path)).body.toString()).toBe('handed on');
});

test('lets nobody write', async () => {
  expect(await get('/_next/static/chunks/a.js', {}, 'POST')).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
});
