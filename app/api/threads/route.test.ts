import { expect, test } from 'vitest';
import { emptyChangeSummary } from '#lib/core/change.ts';
import { newId } from '#lib/core/new-id.ts';
import { callRoute } from '#tests/call-route.ts';
import { signedIn, testWebServices } from '#tests/web-services.ts';
import { POST as answer } from '../approvals/[approvalId]/route.ts';
import { GET as listApprovals } from '../approvals/route.ts';
import { POST as createProject } from '../projects/route.ts';
import { POST as nameCheckpoint, GET as readCheckpoints } from './[threadId]/checkpoints/route.ts';
import { GET as readDiff } from './[threadId]/diff/route.ts';
import { GET as readEvents } from './[threadId]/events/route.ts';
import { GET as listFiles } from './[threadId]/files/route.ts';
import { POST as say } from './[threadId]/messages/route.ts';
import { GET as readRaw } from './[threadId]/raw/route.ts';
import { POST as revert } from './[threadId]/revert/route.ts';
import { GET as getThread } from './[threadId]/route.ts';
import { POST as createThread, GET as listThreads } from './route.ts';

const services = await testWebServices();
const { token, userId, workspaceId } = await signedIn(services);
const headers = { authorization: `Bearer ${token}` };

async function open(goal = 'Create hello.txt'): Promise<{ threadId: string; runId: string; params: { threadId: string } }> {
  const response = await callRoute(createThread, { method: 'POST', headers, json: { goal } });
  expect(response.status).toBe(201);
  const made = await response.json();
  return { ...made, params: { threadId: made.threadId } };
}

/** A run that a worker took and that now waits for an answer. */
async function openWaiting() {
  const { threadId, runId, params } = await open();
  const approvalId = newId('ap');
  const action = { cwd: '.', network: true, baseCheckpointId: 'cp_x', hash: 'hash' };
  const asked = await services.ledger.command(threadId, { actor: 'choir' }, [
    { type: 'take-run', runId, workerId: 'wk', reason: 'retried' },
    { type: 'request-approval', runId, approvalId, kind: 'outside', action, reason: 'reaches outside' },
  ]);
  expect(asked.ok).toBe(true);
  return { threadId, params, approvalId };
}

test('a goal becomes a thread that is listed, read and told as events', async () => {
  const { threadId, runId, params } = await open('Make a page\nand more');
  const listed = await (await callRoute(listThreads, { headers })).json();
  expect(listed.threads[0]).toMatchObject({ id: threadId, title: 'Make a page', runStatus: 'queued', openApprovals: 0 });
  const state = await (await callRoute(getThread, { params, headers })).json();
  expect(state).toMatchObject({ threadId, workspaceId, seq: 4, run: { runId, status: 'queued', goal: 'Make a page\nand more' } });
  const events = await callRoute(readEvents, { params, headers, path: '/api?after=2' });
  expect(events.headers.get('content-type')).toContain('application/x-ndjson');
  const lines = (await events.text())
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.map(({ seq, type, via }) => [seq, type, via])).toEqual([
    [3, 'goal.given', 'api'],
    [4, 'run.queued', 'api'],
  ]);
});

test('events can be narrowed by type and place', async () => {
  const { params } = await open();
  const types = async (query: string) =>
    (await (await callRoute(readEvents, { params, headers, path: `/api?${query}` })).text())
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).type);
  expect(await types('type=goal.given')).toEqual(['goal.given']);
  expect(await types('before=4&limit=1')).toEqual(['goal.given']);
  expect((await callRoute(readEvents, { params, headers, path: '/api?type=nonsense' })).status).toBe(400);
  expect((await callRoute(readEvents, { params, headers, path: '/api?after=-1' })).status).toBe(400);
});

test.each([
  ['empty', { goal: ' \n\t' }],
  ['missing', {}],
  ['too long', { goal: 'x'.repeat(100_001) }],
  ['binary', { goal: 'a\0b' }],
  ['half a character', { goal: 'a\ud800' }],
  ['for an unknown agent', { goal: 'x', agent: 'nobody' }],
  ['in an unknown mode', { goal: 'x', mode: 'yolo' }],
])('refuses a goal that is %s', async (_, json) => {
  const response = await callRoute(createThread, { method: 'POST', headers, json });
  expect(response.status).toBe(400);
  expect((await response.json()).detail).toBeTruthy();
});

test('a goal of a megabyte is too large, one for an unknown project is not found', async () => {
  expect((await callRoute(createThread, { method: 'POST', headers, json: { goal: 'x'.repeat(1_000_000) } })).status).toBe(413);
  expect((await callRoute(createThread, { method: 'POST', headers, json: { goal: 'x', projectId: 'pr_none' } })).status).toBe(404);
});

test('a thread that is unknown and one of another workspace look the same', async () => {
  const other = newId('th');
  await services.database.sql`insert into workspaces (id, name) values ('ws_other', 'Other')`;
  await services.database.sql`insert into projects (id, workspace_id, name, origin, head_commit, created_by)
    values ('pr_other', 'ws_other', 'Other', '{}', 'x', ${userId})`;
  const base = {
    checkpointId: newId('cp'),
    number: 0,
    commit: '0'.repeat(40),
    parentCommit: null,
    kind: 'base',
    label: 'x',
    changes: emptyChangeSummary,
  } as const;
  await services.ledger.command(other, { actor: 'choir' }, [
    { type: 'create-thread', workspaceId: 'ws_other', projectId: 'pr_other', projectName: 'x', title: 'x', base },
  ]);
  const json = { text: 'x' };
  for (const [route, call] of [
    [getThread, {}],
    [readEvents, {}],
    [readEvents, { headers: { ...headers, accept: 'text/event-stream' } }],
    [readCheckpoints, {}],
    [readDiff, {}],
    [listFiles, {}],
    [readRaw, { path: '/api?path=a' }],
    [say, { method: 'POST', json }],
  ] as const) {
    const answers = [other, 'th_none'].map(async (threadId) => {
      const response = await callRoute(route, { headers, ...call, params: { threadId } });
      return { status: response.status, body: await response.text() };
    });
    const [foreign, unknown] = await Promise.all(answers);
    expect(foreign).toEqual(unknown);
    expect(foreign?.status).toBe(404);
  }
});

test('an approval is answered once; the second hears who was first', async () => {
  const { approvalId, threadId } = await openWaiting();
  const listed = await (await callRoute(listApprovals, { headers })).json();
  expect(listed.approvals).toContainEqual(expect.objectContaining({ approvalId, threadId, kind: 'outside' }));
  const send = (json: unknown) => callRoute(answer, { method: 'POST', headers, params: { approvalId }, json });
  expect((await send({ decision: 'modify' })).status).toBe(400);
  expect((await send({ decision: 'perhaps' })).status).toBe(400);
  const results = await Promise.all([send({ decision: 'approve' }), send({ decision: 'reject' }), send({ decision: 'approve' })]);
  expect(results.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  const late = await send({ decision: 'reject' });
  expect(await late.json()).toMatchObject({ status: 409, answeredBy: 'Owner', via: 'api' });
  expect(
    (await callRoute(answer, { method: 'POST', headers, params: { approvalId: 'ap_none' }, json: { decision: 'approve' } })).status,
  ).toBe(404);
});

test('words to a working run are guidance', async () => {
  const { params } = await openWaiting();
  const response = await callRoute(say, { method: 'POST', headers, params, json: { text: 'in blue, please' } });
  expect(await response.json()).toMatchObject({ as: 'guidance' });
});

test('checkpoints are listed and named; unknown ones are not found', async () => {
  const { params } = await open();
  const { current, checkpoints } = await (await callRoute(readCheckpoints, { params, headers })).json();
  expect(checkpoints).toMatchObject([{ checkpointId: current, number: 0, kind: 'base' }]);
  const name = (json: unknown) => callRoute(nameCheckpoint, { method: 'POST', params, headers, json });
  expect((await name({ checkpointId: current, name: ' first ' })).status).toBe(204);
  const after = await (await callRoute(readCheckpoints, { params, headers })).json();
  expect(after.checkpoints[0].name).toBe('first');
  expect((await name({ checkpointId: 'cp_none', name: 'x' })).status).toBe(404);
  expect((await name({ checkpointId: current, name: 'two\nlines' })).status).toBe(400);
});

test('a revert is previewed, then refused when the thread has moved on', async () => {
  const { params } = await open();
  const send = (json: unknown) => callRoute(revert, { method: 'POST', params, headers, json });
  const preview = await send({ checkpointId: '0', scope: 'code', dryRun: true });
  expect(await preview.json()).toMatchObject({ reverted: false, unchanged: true });
  expect((await send({ checkpointId: '0', scope: 'code', expectedCurrent: 'cp_old' })).status).toBe(409);
  expect((await send({ checkpointId: '9', scope: 'code' })).status).toBe(404);
  expect((await send({ checkpointId: '0', scope: 'everything' })).status).toBe(400);
});

test('files of a project that came as a zip are listed, shown harmless, and never outside the tree', async () => {
  const { ZipFile } = await import('yazl');
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from('<script>alert(1)</script>'), 'page.html');
  zip.addBuffer(Buffer.from('deep'), 'src/ünï.txt');
  zip.end();
  const content: Buffer[] = [];
  for await (const chunk of zip.outputStream) content.push(chunk as Buffer);
  const form = new FormData();
  form.set('name', 'From a zip');
  form.set('file', new File([Buffer.concat(content)], 'site.zip'));
  const made = await callRoute(createProject, { method: 'POST', headers, body: form });
  expect(made.status).toBe(201);
  const project = await made.json();
  expect(project).toMatchObject({ name: 'From a zip', origin: { kind: 'upload', fileName: 'site.zip' } });

  const thread = await callRoute(createThread, { method: 'POST', headers, json: { goal: 'Look', projectId: project.id } });
  const params = { threadId: (await thread.json()).threadId };
  const listed = await (await callRoute(listFiles, { params, headers })).json();
  expect(listed.entries.map(({ name, kind }: { name: string; kind: string }) => [name, kind])).toEqual([
    ['src', 'folder'],
    ['page.html', 'file'],
  ]);
  const raw = (path: string) => callRoute(readRaw, { params, headers, path: `/api?path=${encodeURIComponent(path)}` });
  const page = await raw('page.html');
  expect(page.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  expect(page.headers.get('content-security-policy')).toContain('sandbox');
  expect(await (await raw('src/ünï.txt')).text()).toBe('deep');
  for (const path of ['src', 'none', 'x'.repeat(4_000), '\u202epage.html']) expect((await raw(path)).status, path).toBe(404);
  for (const path of ['', '../../etc/passwd', '/etc/passwd', 'src/../page.html', 'x'.repeat(5_000)]) {
    expect((await raw(path)).status, path).toBe(400);
  }
});

test('refuses a project whose body is no zip, no form, or no git address', async () => {
  const send = (call: object) => callRoute(createProject, { method: 'POST', headers, ...call });
  const zip = { headers: { ...headers, 'content-type': 'application/zip' }, body: 'not a zip' };
  expect((await send({ ...zip, path: '/api?name=Bad' })).status).toBe(400);
  expect((await send(zip)).status).toBe(400);
  expect((await send({ headers: { ...headers, 'content-type': 'multipart/form-data; boundary=x' }, body: 'junk' })).status).toBe(400);
  for (const gitUrl of ['nonsense', 'file:///etc', 'http://127.0.0.1/x.git', '--upload-pack=touch /tmp/x']) {
    expect((await send({ json: { name: 'Git', from: { gitUrl } } })).status, gitUrl).toBe(400);
  }
  expect((await send({ json: { name: 'x', from: { template: 'blank', gitUrl: 'x' } } })).status).toBe(400);
});

test('a diff of nothing is empty, as text and as data', async () => {
  const { params } = await open();
  const text = await callRoute(readDiff, { params, headers, path: '/api?from=start' });
  expect(text.headers.get('content-type')).toContain('text/plain');
  expect(await text.text()).toBe('');
  const data = await callRoute(readDiff, { params, headers: { ...headers, accept: 'application/json' }, path: '/api?from=start' });
  expect(await data.json()).toEqual({ files: [] });
});
