import { expect, test } from 'vitest';
import { type Answer, type ApiOperation, apiOperations, type Sent } from '#tests/api/api-operations.ts';
import { fits, sampleOf } from '#tests/api/sample-of.ts';
import { type Known, marker, twoWorkspaces } from '#tests/api/two-workspaces.ts';
import { testWebServices } from '#tests/web-services.ts';

// Whatever the document names is walked, so that an operation that comes is held to all of this by itself.
const services = await testWebServices();
const operations = await apiOperations();
const { owner, known, foreign, deletedThreadId, revokedToken, removedToken, freshToken, contents, another } = await twoWorkspaces(services);
const bearer = { authorization: `Bearer ${owner.token}` };
const problemType = 'application/problem+json';

/** Values that stand for themselves wherever a property of the name is asked for. */
const usual = {
  path: 'a.txt',
  url: 'http://127.0.0.1/',
  endpoint: 'https://8.8.8.8/push',
  keys: { p256dh: Buffer.alloc(65, 4).toString('base64url'), auth: Buffer.alloc(16).toString('base64url') },
  q: marker,
};
const odd = [null, -1, 1e99, '', '../..', 'x'.repeat(20_000), [], {}, true, '\u202e<script>'];
const oddWords = ['-1', '1e99', 'NaN', '', '../..', 'x'.repeat(5_000), '\u202e<script>', "' or 1=1 --", '__proto__', '9007199254740993'];
const noJson = ['', '{', '"x"', 'null', '[]', '1e999', '['.repeat(50_000)];

/** What is wrong with an answer whatever was asked, a sentence each. */
function faultsOf({ replyTypes }: ApiOperation, { status, type, body }: Answer): string[] {
  const faults = [];
  if (status >= 500 && status !== 501) faults.push(`answers ${status}: ${body.slice(0, 200)}`);
  if (body.includes(marker) || body.includes(services.home.root) || /node:internal|\.ts:\d/.test(body)) faults.push(`tells ${body}`);
  if (status < 400) return faults;
  // A person's browser is told in plain words where the document says so.
  if (type.startsWith('text/plain') && replyTypes.includes('text/plain')) return faults;
  const problem = type === problemType ? JSON.parse(body) : {};
  if (problem.status !== status || !problem.detail || !problem.code)
    faults.push(`says nothing with ${status}: ${type} ${body.slice(0, 200)}`);
  return faults;
}

/** Sends the cases of each operation one after the other, and says what was wrong; `isWanted` says of a status whether it may be. */
async function walk(
  walked: readonly ApiOperation[],
  cases: (operation: ApiOperation) => Sent[],
  isWanted: (status: number, operation: ApiOperation) => boolean = () => true,
): Promise<string[]> {
  const faults: string[] = [];
  for (const operation of walked) {
    for (const sent of cases(operation)) {
      const answer = await operation.send({ ...sent, headers: { ...bearer, ...sent.headers } });
      const found = faultsOf(operation, answer);
      if (!isWanted(answer.status, operation)) found.push(`answers ${answer.status}`);
      faults.push(...found.map((fault) => `${operation.name} ${fault} to ${JSON.stringify(sent).slice(0, 300)}`));
    }
  }
  return faults.slice(0, 20);
}

/** The same, for what must change nothing. */
async function walkWithoutEffect(...walked: Required<Parameters<typeof walk>>): Promise<void> {
  const before = await contents();
  expect(await walk(...walked)).toEqual([]);
  expect(await contents()).toEqual(before);
}

/** A request as the document describes it, about what `ids` name. */
function request({ params, query, json }: ApiOperation, ids: Known): Sent {
  const fitting: Record<string, unknown> = { ...usual, ...ids };
  const asked = query.flatMap(({ name, schema }) => (fits(schema, fitting[name]) ? [[name, String(fitting[name])]] : []));
  return {
    params: Object.fromEntries(params.map(({ name, schema }) => [name, String(fitting[name] ?? sampleOf(schema, {}))])),
    query: `?${new URLSearchParams(asked)}`,
    ...(json ? { body: JSON.stringify(sampleOf(json, fitting)) } : {}),
  };
}

const isSecured = ({ isOpen }: ApiOperation) => !isOpen;
const isPlaced = ({ params }: ApiOperation) => params.length > 0 && params.every(({ name }) => name in known);
const nowhere: Known = { ...Object.fromEntries(Object.keys(known).map((name) => [name, 'xx_nowhere'])), telegramId: '1', scope: 'thread' };
const live = { accept: 'text/event-stream' };

test('nobody comes in without a session, with one that ended, or on a page of somebody else', async () => {
  const strangers: Record<string, string>[] = [
    { authorization: 'Bearer choir_token_forged' },
    { authorization: `Bearer ${revokedToken}` },
    { authorization: `Bearer ${removedToken}` },
    { 'choir-person': known.userId ?? '' },
  ];
  const cases = (operation: ApiOperation) => strangers.map((headers) => ({ ...request(operation, known), headers }));
  await walkWithoutEffect(operations.filter(isSecured), cases, (status) => status === 401);
});

test('what is of another workspace, deleted, unknown or no id at all is not there, and nothing comes of it', async () => {
  const elsewhere = [foreign, nowhere, { ...nowhere, threadId: deletedThreadId }];
  const cases = (operation: ApiOperation): Sent[] => {
    const asked = elsewhere.map((ids) => request(operation, ids));
    const odd = [...oddWords, 'a\0', '\ud800'].map((id) => ({
      ...request(operation, known),
      params: Object.fromEntries(operation.params.map(({ name }) => [name, id])),
    }));
    const all = [...asked, ...odd];
    return operation.replyTypes.includes(live.accept) ? [...all, ...all.map((sent) => ({ ...sent, headers: live }))] : all;
  };
  await walkWithoutEffect(operations.filter(isPlaced), cases, (status) => status >= 400);
});

test('what is of another workspace is neither found nor taken where it is named beside the path', async () => {
  const names = (sent: Sent) => Object.values(foreign).some((id) => /_/.test(id) && `${sent.query}${sent.body}`.includes(id));
  const cases = (operation: ApiOperation) => [request(operation, { ...known, ...foreign })].filter(names);
  const beside = operations.filter((operation) => isSecured(operation) && !isPlaced(operation));
  await walkWithoutEffect(beside, cases, (status, { isSafe }) => isSafe || status >= 400);
});

test('a body or a query that cannot be read is refused before anything happens', async () => {
  const large = JSON.stringify({ text: 'x'.repeat(1_000_000) });
  const cases = (operation: ApiOperation): Sent[] => {
    const { params, query, body } = request(operation, known);
    const queries = ['a=%00', 'a=1&a=2'].map((more) => ({ params, query: `${query}&${more}`, body }));
    if (!operation.json) return queries;
    const values = JSON.parse(body ?? '{}') as object;
    const unstorable = ['a\0', '\ud800'].map((words) => JSON.stringify({ ...values, more: [words] }));
    const bodies = [...noJson, ...unstorable, large].map((said) => ({ params, query, body: said }));
    return [...queries, ...bodies, { params, query, body, type: 'text/plain' }];
  };
  await walkWithoutEffect(operations.filter(isSecured), cases, (status) => status === 400 || status === 413);
});

test('values that nobody thought of are refused in words, or taken', async () => {
  const tokens = new Map(await Promise.all(operations.map(async ({ name }) => [name, await freshToken()] as const)));
  const cases = (operation: ApiOperation): Sent[] => {
    const headers = { authorization: `Bearer ${tokens.get(operation.name)}` };
    const usually = request(operation, operation.name.startsWith('DELETE') ? nowhere : known);
    const queries = operation.query.flatMap(({ name }) =>
      oddWords.map((word) => ({
        ...usually,
        query: `?${new URLSearchParams({ ...Object.fromEntries(new URLSearchParams(usually.query)), [name]: word })}`,
      })),
    );
    const values = JSON.parse(usually.body ?? '{}') as object;
    const bodies = Object.keys(operation.json?.properties ?? {}).flatMap((name) =>
      odd.map((value) => ({ ...usually, body: JSON.stringify({ ...values, [name]: value }) })),
    );
    const junk = operation.otherTypes.map((type) => ({ ...usually, body: 'junk', type }));
    return [...queries, ...bodies, ...junk, { ...usually, query: '?nonsense=1' }].map((sent) => ({ ...sent, headers }));
  };
  expect(await walk(operations, cases)).toEqual([]);
});

test('the same request three times at once is taken once, and each is told so', async () => {
  const own: Known = { ...(await another('Again')), name: 'again', text: 'never touch again/' };
  const isDelete = ({ name }: ApiOperation) => name.startsWith('DELETE');
  const changing = operations.filter((operation) => isSecured(operation) && !operation.isSafe && !operation.name.endsWith('sign-out'));
  const faults: string[] = [];
  const told: Record<string, string> = {};
  const sendAll = async (asked: readonly ApiOperation[]) => {
    for (const operation of asked) {
      const requestId = `again-${Object.keys(told).length}-only`;
      const sent = { ...request(operation, { ...own, requestId }), headers: { cookie: owner.cookie, origin: 'http://choir.test' } };
      const answers = await Promise.all([1, 2, 3].map(() => operation.send(sent)));
      faults.push(...answers.flatMap((answer) => faultsOf(operation, answer)).map((fault) => `${operation.name} ${fault}`));
      const statuses = answers.map(({ status }) => status);
      told[operation.name] = statuses.sort().join(' ');
    }
  };
  await sendAll(changing.filter((operation) => !isDelete(operation)));
  const events = await services.database.sql<{ type: string }[]>`select type from events where thread_id = ${own.threadId ?? ''}`;
  await sendAll(changing.filter(isDelete).toReversed());
  expect(faults).toEqual([]);
  expect(told).toMatchObject({
    'POST /api/members': '201 201 201',
    'POST /api/projects': '201 201 201',
    'POST /api/projects/{projectId}/mcp-servers': '201 409 409',
    'POST /api/threads/{threadId}/cancel': '204 409 409',
    'PUT /api/threads/{threadId}/files': '200 200 200',
    'PUT /api/push/subscription': '200 200 200',
    'POST /api/rules': '200 200 200',
    'DELETE /api/projects/{projectId}': '204 404 404',
  });
  const counted = Map.groupBy(events, ({ type }) => type);
  for (const type of ['guidance.given', 'run.cancelled', 'checkpoint.named', 'thread.reverted'])
    expect(counted.get(type), type).toHaveLength(1);
  expect(counted.get('checkpoint.created')).toHaveLength(2);
});
