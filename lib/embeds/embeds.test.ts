import { lookup } from 'node:dns';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import type { Context } from '#lib/context.ts';
import type { Reach } from './fetch-outside.ts';
import { fetchOutside } from './fetch-outside.ts';
import { readCard } from './read-card.ts';

const asked: string[] = [];
const rss = `<?xml version="1.0"?><rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel>
<title>Garden talk</title><description>&lt;b&gt;Weekly&lt;/b&gt; words</description><itunes:image href="/rose.png"/>
<item><title>Tulips</title><pubDate>Fri, 20 Nov 2026 06:00:00 GMT</pubDate><enclosure url="https://cdn.example/1.mp3" type="audio/mpeg" length="1"/></item>
<item><title>Roses</title><link>roses.html</link><enclosure url="/2.mp3" type="audio/mpeg" length="1"/></item>
<item><title>Bad</title><enclosure url="javascript:alert(1)" type="audio/mpeg" length="1"/></item></channel></rss>`;
const html = `<!doctype html><head><title>Plain</title><meta property="og:title" content="Roses &amp; more"><meta name="description" content="All about&#10;roses">
<meta property="og:image" content="/rose.png"><link rel="alternate" type="application/rss+xml" href="feed.xml"></head><body><meta property="og:title" content="late"><script>x</script>`;
const answers: Record<string, { type: string; body: string | Buffer }> = {
  '/page': { type: 'text/html; charset=utf-8', body: html },
  '/feed.xml': { type: 'application/rss+xml', body: rss },
  '/rose.png': { type: 'image/png', body: Buffer.from([137, 80, 78, 71]) },
  '/talk.mp3': { type: 'audio/mpeg', body: 'x' },
  '/%ff.mp3': { type: 'audio/mpeg', body: 'x' },
  '/deep': { type: 'text/html', body: `<title>Deep</title>${'<i>'.repeat(300_000)}` },
  '/angles.json': {
    type: 'application/feed+json',
    body: JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: `<b>A</b>${'<'.repeat(900_000)}`, items: [] }),
  },
  '/endless': { type: 'text/html', body: '<p>'.repeat(2_000_000) },
};
const server = createServer(({ url = '' }, answer) => {
  asked.push(url);
  const found = answers[url];
  if (url.startsWith('/to/')) answer.writeHead(302, { location: decodeURIComponent(url.slice(4)) }).end();
  else if (found) answer.writeHead(200, { 'content-type': found.type }).end(found.body);
  else answer.writeHead(404).end();
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
afterAll(() => server.close());
const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const anywhere: Reach = { lookup: (host, options, callback) => lookup(host, options, callback as never), isAllowed: () => true };
const context = {
  actor: { kind: 'person', userId: 'us_1', workspaceId: 'ws_1', role: 'owner', via: 'pwa', credentialId: 'cr_1' },
} as Context;

test('a page says its title, words, picture and feed', async () => {
  expect(await readCard(context, { url: `${base}/page` }, anywhere)).toEqual({
    kind: 'page',
    url: `${base}/page`,
    site: '127.0.0.1',
    title: 'Roses & more',
    description: 'All about roses',
    image: `data:image/png;base64,${Buffer.from([137, 80, 78, 71]).toString('base64')}`,
    feed: `${base}/feed.xml`,
  });
});

test('a feed gives its picture and episodes, also by addresses of its own, and no address that is none of the web', async () => {
  const card = await readCard(context, { url: `${base}/to/${encodeURIComponent('/feed.xml')}` }, anywhere);
  expect(card).toMatchObject({
    kind: 'feed',
    title: 'Garden talk',
    url: `${base}/feed.xml`,
    image: expect.stringContaining('data:image/png'),
  });
  expect(card.kind === 'feed' && card.episodes).toEqual([
    { title: 'Tulips', at: '2026-11-20T06:00:00.000Z', link: null, audio: 'https://cdn.example/1.mp3' },
    { title: 'Roses', at: null, link: `${base}/roses.html`, audio: `${base}/2.mp3` },
    { title: 'Bad', at: null, link: null, audio: null },
  ]);
});

test('a sound is a sound, and what has no end is left', async () => {
  expect(await readCard(context, { url: `${base}/talk.mp3` }, anywhere)).toMatchObject({ kind: 'audio', title: 'talk.mp3' });
  expect((await fetchOutside(`${base}/endless`, 1_000, anywhere)).bytes).toHaveLength(1_000);
  await expect(readCard(context, { url: `${base}/none` }, anywhere)).rejects.toMatchObject({ code: 'unavailable' });
});

test.each([
  base,
  base.replace('127.0.0.1', 'localhost'),
  'http://[::1]:80/',
  'http://169.254.169.254/latest/meta-data/',
  'http://0x7f.1/',
  'file:///etc/passwd',
  'gopher://example.org/',
])('never asks %s', async (url) => {
  asked.length = 0;
  await expect(fetchOutside(url, 100)).rejects.toMatchObject({ code: expect.stringMatching(/invalid|unavailable/) });
  expect(asked).toEqual([]);
});

test('does not follow a redirect into a private network', async () => {
  const guarded: Reach = { ...anywhere, isAllowed: (address) => address === '127.0.0.1' };
  for (const target of ['http://10.0.0.1/', 'http://[::1]/', 'file:///etc/passwd', 'http://127.0.0.2/'])
    await expect(fetchOutside(`${base}/to/${encodeURIComponent(target)}`, 100, guarded)).rejects.toMatchObject({ code: 'invalid' });
});

test('rejects who is no person', async () => {
  await expect(readCard({ ...context, actor: { kind: 'choir' } as never }, { url: `${base}/page` }, anywhere)).rejects.toMatchObject({
    code: 'forbidden',
  });
});

test('pages and feeds made to be slow are read in time that their length takes, and a name may be no UTF-8', async () => {
  expect(await readCard(context, { url: `${base}/deep` }, anywhere)).toMatchObject({ kind: 'page', title: 'Deep' });
  expect(await readCard(context, { url: `${base}/angles.json` }, anywhere)).toMatchObject({ kind: 'feed', title: `A ${'<'.repeat(498)}` });
  expect(await readCard(context, { url: `${base}/%ff.mp3` }, anywhere)).toMatchObject({ kind: 'audio', title: '%ff.mp3' });
});
