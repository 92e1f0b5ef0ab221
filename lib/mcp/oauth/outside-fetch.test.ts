import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { outsideFetch } from './outside-fetch.ts';

const visits: (string | undefined)[] = [];
const server = createServer(({ url }, answer) => {
  visits.push(url);
  if (url === '/away') answer.writeHead(302, { location: '/here' }).end();
  else if (url === '/long') answer.end('x'.repeat(1024 * 1024));
  else answer.end('here');
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
afterAll(() => server.close());
const { port } = server.address() as AddressInfo;

test.each([
  `https://127.0.0.1:${port}/`,
  `https://localhost:${port}/`,
  `https://[::ffff:127.0.0.1]:${port}/`,
  'https://169.254.169.254/latest/meta-data/',
  'https://2130706433/',
  `http://localhost:${port}/`,
  'http://example.com/',
  'file:///etc/passwd',
])('no public server leads it to %s', async (url) => {
  await expect(outsideFetch({ privateAddress: false })(url)).rejects.toThrow();
  expect(visits).toEqual([]);
});

test('a private server of the owner’s own is asked, but not followed elsewhere, nor heard out for ever', async () => {
  const ask = (path: string) => outsideFetch({ privateAddress: true })(`http://127.0.0.1:${port}${path}`);
  expect(await (await ask('/here')).text()).toBe('here');
  await expect(ask('/away')).rejects.toThrow();
  await expect(ask('/long')).rejects.toThrow('too long');
  expect(visits).toEqual(['/here', '/away', '/long']);
});
