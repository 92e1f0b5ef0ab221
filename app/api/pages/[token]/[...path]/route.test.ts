import { expect, test } from 'vitest';
import { saveFile } from '#lib/files/save-file.ts';
import { createPageLink } from '#lib/pages/create-page-link.ts';
import { cancelRun } from '#lib/threads/cancel-run.ts';
import { createThread } from '#lib/threads/create-thread.ts';
import { signedIn, testWebServices } from '#tests/web-services.ts';
import { GET } from './route.ts';

const services = await testWebServices();
const { actor } = await signedIn(services);
const context = { ...services, actor };

test('a page opens in a frame with a policy of its own, and never in a tab, where it could lead on to elsewhere', async () => {
  const { threadId } = await createThread(context, { goal: 'Make a page' });
  await cancelRun(context, { threadId });
  const { checkpoints } = await context.ledger.load(threadId);
  const base = checkpoints[0]?.checkpointId ?? '';
  await saveFile(context, { threadId, path: 'site/index.html', text: '<h1>Hi</h1>', baseCheckpointId: base });
  const { url } = await createPageLink(context, { threadId, path: 'site/index.html', scripts: true });
  const [, , , token = '', ...path] = url.split('/');
  const open = (headers: Record<string, string>, wanted = path) =>
    GET(new Request(`http://choir.test${url}`, { headers: { host: 'choir.test', ...headers } }), {
      params: Promise.resolve({ token, path: wanted }),
    });
  const framed = await open({ 'sec-fetch-dest': 'iframe' });
  expect([framed.status, await framed.text()]).toEqual([200, '<h1>Hi</h1>']);
  expect(framed.headers.get('content-security-policy')).toMatch(
    /^sandbox allow-scripts; default-src 'none'; .*frame-ancestors http:\/\/choir\.test$/,
  );
  expect(framed.headers.get('connection-allowlist')).toBe(`("http://choir.test/api/pages/${token}/*")`);
  expect((await open({ 'sec-fetch-dest': 'document' })).status).toBe(403);
  expect((await open({}, ['site', '..', 'site', 'index.html'])).status).toBe(404);
});
