import { expect, test } from 'vitest';
import { callRoute } from '#tests/call-route.ts';
import { oauthMcpServer } from '#tests/mcp/oauth-server.ts';
import { signedIn, testWebServices } from '#tests/web-services.ts';
import { DELETE as forget, POST as start } from '../projects/[projectId]/mcp-servers/[name]/sign-in/route.ts';
import { POST as add } from '../projects/[projectId]/mcp-servers/route.ts';
import { POST as createProject } from '../projects/route.ts';
import { GET as finish } from './route.ts';

const services = await testWebServices();
const { cookie, token } = await signedIn(services);
const bearer = { authorization: `Bearer ${token}` };
const server = await oauthMcpServer();

test('a person sets out from Choir’s own page, and comes back to it with their session', async () => {
  const { id: projectId } = await (await callRoute(createProject, { method: 'POST', headers: bearer, json: { name: 'shop' } })).json();
  const params = { projectId, name: 'docs' };
  const from = { kind: 'http', url: server.url };
  const added = await callRoute(add, { method: 'POST', params: { projectId }, headers: bearer, json: { name: 'docs', from } });
  expect(await added.json()).toMatchObject({ name: 'docs', signIn: 'needed' });

  const page = await callRoute(start, { method: 'POST', params, headers: { cookie, origin: 'http://choir.test' }, json: {} });
  const { url, host } = await page.json();
  expect(host).toBe(new URL(server.url).host);
  const back = server.consent(url);
  expect(back.origin + back.pathname).toBe('http://choir.test/api/mcp-sign-in');

  const arrive = (headers: Record<string, string>) => callRoute(finish, { path: back.pathname + back.search, headers });
  const stranger = await arrive({});
  expect(stranger.status).toBe(401);
  expect(await stranger.text()).toContain('Sign in first');
  const arrived = await arrive({ cookie });
  expect([arrived.status, arrived.headers.get('location')]).toEqual([303, `/projects/${projectId}?server=docs&sign-in=done`]);
  const again = await arrive({ cookie });
  expect(again.status).toBe(400);
  expect(await again.text()).toContain('was used already');

  expect((await callRoute(forget, { method: 'DELETE', params, headers: bearer })).status).toBe(204);
  expect((await callRoute(forget, { method: 'DELETE', params, headers: bearer })).status).toBe(404);
});
