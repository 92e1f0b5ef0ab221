import { once } from 'node:events';
import { type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { createWebServer } from './create-web-server.ts';

const proxy = { upgrade: async () => {}, close: () => {} };
const answerBuilt = ({ url }: IncomingMessage, response: ServerResponse) => url === '/_next/static/a.js' && Boolean(response.end('built'));
const server = createWebServer({ dev: false, proxy, answerBuilt, handleRequest: async (_, response) => void response.end('handled') });
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address() as AddressInfo;
afterAll(() => void server.close());

async function get(path: string) {
  const sent = request({ host: '127.0.0.1', port, path }).end();
  const [response] = await once(sent, 'response');
  const { statusCode: status, headers } = response as IncomingMessage;
  return { status, headers, body: Buffer.concat(await response.toArray()).toString() };
}

test.each(['/api/threads/%ff/events', '/git/%E0%A4%A.git/info/refs', '/%', '/search?q=%00'])(
  'refuses %s, which is no text',
  async (path) => {
    const { status, body } = await get(path);
    expect(status).toBe(400);
    expect(JSON.parse(body)).toMatchObject({ status: 400, code: 'invalid' });
  },
);

test.each(['/', '/api/threads/%D7%90', '/threads/x?path=%ff', '/sign-in?100%'])('hands on %s', async (path) => {
  expect(await get(path)).toMatchObject({ status: 200, body: 'handled' });
});

test('answers what was built by itself, under the same headers as a page', async () => {
  const built = await get('/_next/static/a.js');
  expect(built).toMatchObject({ status: 200, body: 'built' });
  const page = await get('/_next/static/b.js');
  expect(page.body).toBe('handled');
  const names = [
    'x-content-type-options',
    'referrer-policy',
    'cross-origin-resource-policy',
    'permissions-policy',
    'content-security-policy',
  ];
  for (const { headers } of [built, page]) expect(Object.keys(headers)).toEqual(expect.arrayContaining(names));
});
