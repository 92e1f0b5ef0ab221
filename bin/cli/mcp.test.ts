import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { recordMcpCheck } from '#lib/mcp/record-mcp-check.ts';
import { choirCli } from '#tests/choir-cli.ts';
import { oauthMcpServer } from '#tests/mcp/oauth-server.ts';

const { services, url, tokenFile, choir } = await choirCli();
const token = (await readFile(tokenFile, 'utf8')).trim();

test('servers are set up, listed without their secrets, and taken away', async () => {
  await choir('projects', 'create', 'shop');
  const mcp = (...args: string[]) => choir('mcp', ...args, '--project', 'shop');
  expect(
    await choir('mcp', 'add', 'notes', '--project', 'shop', '--env', 'KEY=hush-hush', '--', 'node', 'notes.mjs', '--fast'),
  ).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('from their next run on. Take it away: npx choir mcp remove notes --project shop'),
  });
  const docs = ['add', 'docs', '--url', 'https://mcp.example.com/mcp?key=hush-hush', '--header', 'Authorization: Bearer hush-hush'];
  expect(await mcp(...docs)).toMatchObject({ code: 0 });
  expect(await mcp(...docs)).toMatchObject({ code: 2, stderr: expect.stringContaining('already') });
  expect(await mcp('add', 'git', '--ready')).toMatchObject({ code: 0 });
  const { stdout } = await mcp();
  expect(stdout).toContain('notes        node notes.mjs --fast  no network · KEY=…');
  expect(stdout).toContain('docs         https://mcp.example.com/mcp?…  reaches mcp.example.com · Authorization=…');
  expect(stdout).toContain('Come with Choir');
  const [failed] = await services.database.sql<{ id: string }[]>`select id from mcp_servers where name = 'notes'`;
  await recordMcpCheck(services.database, failed!.id, { problem: 'A rule left no way to it.' });
  expect((await mcp()).stdout).toMatch(/could not be used when last asked, \d\d:\d\d: A rule left no way to it\.$/m);
  expect((await mcp('list', '--json')).stdout + stdout).not.toContain('hush');
  expect(await mcp('remove', 'notes')).toMatchObject({ code: 0, stdout: 'Removed.\n' });
  expect(await mcp('remove', 'notes')).toMatchObject({ code: 2, stderr: expect.stringContaining('no MCP server') });
});

test('a server that wants a sign-in says so, and where', async () => {
  const server = await oauthMcpServer();
  const mcp = (...args: string[]) => choir('mcp', ...args, '--project', 'shop');
  expect((await mcp('add', 'signed', '--url', server.url)).stdout).toBe(
    'Added. Sign-in needed: npx choir mcp sign-in signed --project shop\n',
  );
  expect((await mcp()).stdout).toContain('sign-in needed: npx choir mcp sign-in signed');
  const { stdout } = await mcp('sign-in', 'signed', '--json');
  const back = server.consent(JSON.parse(stdout).url);
  expect(back.origin).toBe(url);
  expect((await mcp('sign-in', 'signed')).stdout).toContain(`Sign in at ${new URL(server.url).host}`);
  const arrived = await fetch(back, { headers: { authorization: `Bearer ${token}` }, redirect: 'manual' });
  expect(arrived.headers.get('location')).toContain('sign-in=done');
  expect((await mcp()).stdout).not.toContain('sign-in needed');
  expect((await mcp('sign-out', 'signed')).stdout).toBe('Signed out.\n');
  expect((await mcp('sign-in', 'git')).stderr).toContain('nothing to sign in to');
});

test('what is no server is refused with what is wrong', async () => {
  const add = (...args: string[]) => choir('mcp', 'add', ...args);
  expect(await add('Bad Name', '--project', 'shop', '--ready')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('small letters'),
  });
  expect(await add('x', '--project', 'shop')).toMatchObject({ code: 2, stderr: expect.stringContaining('A server is a command') });
  expect(await add('other', '--project', 'shop', '--ready')).toMatchObject({ code: 2 });
  expect(await add('x', '--project', 'shop', '--url', 'https://me:pass@example.com/')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('into a header'),
  });
  expect(await add('x', '--project', 'shop', '--url', 'file:///etc/passwd')).toMatchObject({ code: 2 });
  expect(await add('npm', '--project', 'nowhere', '--ready')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('no such project'),
  });
});

test('skills of the person are listed for every project', async () => {
  const folder = join(services.home.skills, 'tidy');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'SKILL.md'), '---\nname: tidy\ndescription: >\n  How we\n  tidy up.\n---\nSweep.');
  const answer = await fetch(`${url}/api/projects/shop/skills`, { headers: { authorization: `Bearer ${token}` } });
  expect(await answer.json()).toEqual({ skills: [{ name: 'tidy', description: 'How we tidy up.', path: 'tidy/SKILL.md', from: 'home' }] });
});
