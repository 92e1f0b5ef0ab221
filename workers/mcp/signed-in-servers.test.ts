import { describe, expect, it } from 'vitest';
import { answerApproval } from '#lib/approvals/answer-approval.ts';
import type { Person } from '#lib/auth/require-person.ts';
import { openApprovals } from '#lib/core/state.ts';
import type { ToolCall } from '#lib/core/tool.ts';
import { addMcpServer } from '#lib/mcp/add-mcp-server.ts';
import { endMcpSignIn } from '#lib/mcp/end-mcp-sign-in.ts';
import { finishMcpSignIn } from '#lib/mcp/finish-mcp-sign-in.ts';
import { listMcpServers } from '#lib/mcp/list-mcp-servers.ts';
import { mcpAccess } from '#lib/mcp/mcp-access.ts';
import { removeMcpServer } from '#lib/mcp/remove-mcp-server.ts';
import { startMcpSignIn } from '#lib/mcp/start-mcp-sign-in.ts';
import { usableMcpServer } from '#lib/mcp/usable-mcp-servers.ts';
import { createProject } from '#lib/projects/create-project.ts';
import { readHistory } from '#lib/threads/read-history.ts';
import { stepAgent } from '#tests/agents/step-agent.ts';
import { type OAuthTraits, oauthMcpServer } from '#tests/mcp/oauth-server.ts';
import { testWorker } from '#tests/test-worker.ts';
import { offeredTools } from './offered-tools.ts';

const bench = await testWorker();
const { context } = bench;
const callbackUrl = 'http://choir.test/api/mcp-sign-in';
const search: ToolCall = { tool: 'mcp_call', args: { server: 'docs', name: 'search', input: {} } };

async function setUp(traits: Partial<OAuthTraits> = {}) {
  const server = await oauthMcpServer(traits);
  const projectId = (await createProject(context, { name: crypto.randomUUID(), from: { template: 'blank' } })).id;
  const at = { projectId, name: 'docs' };
  const added = await addMcpServer(context, { ...at, from: { kind: 'http', url: server.url } });
  const listed = async () => (await listMcpServers(context, { projectId }))[0];
  const start = (client?: { id: string; secret?: string }) => startMcpSignIn(context, { ...at, callbackUrl, client });
  const back = (address: URL, more: object = {}, as = context) =>
    finishMcpSignIn(as, { ...(Object.fromEntries(address.searchParams) as { state: string }), ...more });
  const signIn = async () => back(server.consent((await start()).url));
  return { server, at, projectId, added, listed, start, back, signIn };
}

async function call(projectId: string) {
  const thread = await bench.open(stepAgent([search]), { projectId });
  await thread.work();
  const [approval] = openApprovals(await thread.state());
  await answerApproval(context, { approvalId: approval?.approvalId ?? '', decision: 'approve' });
  await thread.work();
  const state = await thread.state();
  return { state, result: state.run?.calls.at(-1)?.result, thread };
}

describe('a server that wants a sign-in', () => {
  it('says so when it is set, is used once the owner has signed in, and shows its tokens to nobody', async () => {
    const { server, added, signIn, listed, projectId, at } = await setUp();
    expect(added.signIn).toBe('needed');
    expect((await call(projectId)).result).toMatchObject({ status: 'failed', error: expect.stringContaining('wants you to sign in') });
    expect(await signIn()).toEqual({ ...at, outcome: 'done' });
    const { state, result } = await call(projectId);
    expect(result).toMatchObject({ status: 'succeeded', stdout: 'You are [hidden].' });
    const row = await usableMcpServer(context.database, projectId, search.args);
    const told = JSON.stringify([await readHistory(context.database, state), state, await listed(), row]);
    const kept = await context.database.sql`select sealed::text from mcp_sign_ins`;
    for (const token of server.issued)
      expect(told + JSON.stringify(kept) + Buffer.from(String(kept[0]?.sealed).slice(2), 'hex')).not.toContain(token);
    expect(server.issued).toHaveLength(2);
    expect(await listed()).toMatchObject({ signIn: 'done' });
  });

  it('has its tools offered without the token in their words', async () => {
    const { signIn, projectId, server } = await setUp();
    await signIn();
    const thread = await bench.open(stepAgent([]), { projectId });
    const run = { ...context, ...thread, sandbox: bench.sandbox, signal: new AbortController().signal } as never;
    const [offer] = await offeredTools(run, await thread.state());
    expect(offer).toMatchObject({ problem: null, tools: [{ name: 'search', description: 'Searches, for [hidden].' }] });
    expect(JSON.stringify(offer)).not.toContain(server.issued[0]);
  });

  it('is asked for a fresh token when the old one is over, once however many need it', async () => {
    const { server, signIn, projectId } = await setUp({ tokenSeconds: 30 });
    await signIn();
    const row = await usableMcpServer(context.database, projectId, search.args);
    server.trait.tokenSeconds = 3_600;
    const given = await Promise.all(Array.from({ length: 5 }, () => mcpAccess(context, row!)));
    expect(new Set(given.map((access) => access.ok && access.token)).size).toBe(1);
    server.expire();
    expect((await call(projectId)).result?.status).toBe('succeeded');
    expect(server.visits.filter((visit) => visit === 'POST /token')).toHaveLength(3);
  });

  it('says plainly when its sign-in has lapsed, and works again after another', async () => {
    const { server, signIn, projectId, listed } = await setUp();
    await signIn();
    server.expire({ forever: true });
    expect((await call(projectId)).result).toMatchObject({ status: 'failed', error: expect.stringContaining('sign-in to it has lapsed') });
    expect(await listed()).toMatchObject({ signIn: 'lapsed' });
    expect((await signIn()).outcome).toBe('done');
    expect((await call(projectId)).result?.status).toBe('succeeded');
    expect(server.visits.filter((visit) => visit === 'POST /register')).toHaveLength(1);
  });

  it('that lets no program register is signed in to as a person set Choir up there', async () => {
    const { server, start, back, at, projectId } = await setUp({ registers: false });
    await expect(start()).rejects.toThrow(callbackUrl);
    const [id, secret] = [server.enroll(callbackUrl, 'secret-of-choir'), 'secret-of-choir'];
    expect((await back(server.consent((await start({ id, secret: 'wrong' })).url))).outcome).toBe('failed');
    expect((await back(server.consent((await start({ id, secret })).url))).outcome).toBe('done');
    server.expire();
    expect((await call(projectId)).result?.status).toBe('succeeded');
    expect(new URL((await start()).url).searchParams.get('client_id')).toBe(id);
    await removeMcpServer(context, at);
    expect(server.revoked.sort()).toEqual(server.issued.slice(-2).sort());
  });

  it('that has forgotten Choir is registered with anew', async () => {
    const { server, signIn, projectId, listed } = await setUp();
    await signIn();
    server.forgetClients();
    server.expire();
    expect((await call(projectId)).result).toMatchObject({ status: 'failed', error: expect.stringContaining('sign-in to it has lapsed') });
    expect(await listed()).toMatchObject({ signIn: 'lapsed' });
    expect((await signIn()).outcome).toBe('done');
  });

  it('is not called any more when the owner forgets the sign-in, and is asked to forget it too', async () => {
    const { server, signIn, projectId, at, listed } = await setUp();
    await signIn();
    await endMcpSignIn(context, at);
    expect(server.revoked.sort()).toEqual(server.issued.sort());
    expect((await call(projectId)).result).toMatchObject({ status: 'failed', error: expect.stringContaining('wants you to sign in') });
    expect(await listed()).toMatchObject({ signIn: 'needed' });
    await expect(endMcpSignIn(context, at)).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('a state', () => {
  it('counts once', async () => {
    const { server, start, back } = await setUp();
    const address = server.consent((await start()).url);
    const outcomes = await Promise.allSettled([back(address), back(address), back(address)]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(back(address)).rejects.toMatchObject({ code: 'invalid' });
  });

  it('counts for who set out with it alone, and is not used up by another', async () => {
    const { server, start, back } = await setUp();
    const address = server.consent((await start()).url);
    const other = { ...context, actor: { ...(context.actor as Person), userId: 'us_other' } };
    await expect(back(address, {}, other)).rejects.toMatchObject({ code: 'invalid' });
    await expect(back(address, { state: 'x' })).rejects.toMatchObject({ code: 'invalid' });
    expect((await back(address)).outcome).toBe('done');
  });

  it('ends in a no when the person says no, the code is another, or somebody else answers', async () => {
    const { server, start, back, listed } = await setUp();
    const go = async (agrees = true) => server.consent((await start()).url, { agrees });
    expect((await back(await go(false))).outcome).toBe('refused');
    expect((await back(await go(), { code: 'stolen' })).outcome).toBe('failed');
    expect((await back(await go(), { iss: 'https://evil.example' })).outcome).toBe('failed');
    expect((await back(await go(), { iss: undefined })).outcome).toBe('failed');
    expect(await listed()).toMatchObject({ signIn: 'needed' });
  });

  it('is the owner’s to begin and to end', async () => {
    const { at, start, back, server } = await setUp();
    const member = { ...context, actor: { ...(context.actor as Person), role: 'member' as const } };
    const address = server.consent((await start()).url);
    await expect(startMcpSignIn(member, { ...at, callbackUrl })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(back(address, {}, member)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(endMcpSignIn(member, at)).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('a server that does not keep to the rules is not signed in to:', () => {
  it.each<[string, Partial<OAuthTraits>]>([
    ['one without PKCE', { challengeMethods: [] }],
    ['one that gives itself another name', { issuer: 'https://evil.example' }],
    ['one that names another server', { resource: 'https://other.example/mcp' }],
    ['one that Choir cannot register with', { registers: false }],
    ['one that names an authorization server that is none', { authorizationServer: 'http://127.0.0.1:1' }],
  ])('%s', async (_, traits) => {
    const { start } = await setUp(traits);
    await expect(start()).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('and none is followed where it redirects to', async () => {
    const elsewhere = await oauthMcpServer();
    const { start } = await setUp({ redirectsMetadata: `${elsewhere.origin}/.well-known/oauth-protected-resource/mcp` });
    await start();
    expect(elsewhere.visits).toEqual([]);
  });
});
