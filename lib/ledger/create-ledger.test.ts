import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectBus } from '#lib/bus/connect-bus.ts';
import type { LedgerEvent } from '#lib/core/event.ts';
import { newId } from '#lib/core/new-id.ts';
import { connectDatabase } from '#lib/db/connect-database.ts';
import { checkpoint, openThread, person } from '#tests/build-thread.ts';
import { testDatabase, testNats } from '#tests/services.ts';
import { createLedger } from './create-ledger.ts';
import { listSeqs } from './list-seqs.ts';
import { loadState } from './load-state.ts';
import { readEvents } from './read-events.ts';
import { sweepOutbox } from './relay.ts';

const database = connectDatabase(await testDatabase());
const nats = await testNats();
const bus = await connectBus({ url: nats.url, credsFile: nats.credsFile, name: 'test' });
const ledger = createLedger({ database, bus });

beforeAll(async () => {
  await database.sql`insert into workspaces (id, name) values ('ws_test', 'Test')`;
  await database.sql`insert into users (id, workspace_id, name, role) values ('us_test', 'ws_test', 'Owner', 'owner')`;
  await database.sql`insert into projects (id, workspace_id, name, origin, head_commit, created_by) values ('pr_test', 'ws_test', 'scratch', ${database.sql.json({})}, 'c', 'us_test')`;
});

afterAll(async () => {
  await ledger.close();
  await bus.close();
  await database.close();
});

async function allEvents(threadId: string): Promise<LedgerEvent[]> {
  const events: LedgerEvent[] = [];
  for await (const batch of readEvents(database, threadId)) events.push(...batch);
  return events;
}

async function opened(): Promise<{ threadId: string; runId: string }> {
  const threadId = newId('th');
  const runId = newId('ru');
  const result = await ledger.command(threadId, person, openThread({ runId }));
  expect(result.ok).toBe(true);
  return { threadId, runId };
}

const next = <Value>(values: AsyncIterable<Value>) => values[Symbol.asyncIterator]().next();

describe('the ledger', () => {
  it('numbers the events of a thread without gaps and gives them back as they were written', async () => {
    const { threadId } = await opened();
    const events = await allEvents(threadId);
    expect(events.map((event) => event.seq)).toEqual([1, 2, 3, 4]);
    expect(events.map((event) => event.type)).toEqual(['thread.created', 'checkpoint.created', 'goal.given', 'run.queued']);
    expect(events[2]).toMatchObject({ actor: 'person', userId: 'us_test', via: 'api', data: { text: 'Create hello.txt' } });
  });

  it('keeps what PostgreSQL refuses as it would be read again, and goes on', async () => {
    const { threadId } = await opened();
    const given = { type: 'give-guidance' as const, text: `a\0b ${'🙂'.slice(0, 1)}` };
    const result = await ledger.command(threadId, person, [given]);
    expect(result.ok && result.events.map(({ data }) => data)).toMatchObject([{ text: 'ab \ufffd' }]);
    expect(await loadState(database, threadId)).toEqual(result.state);
  });

  it('keeps no token of a run, whoever says it where', async () => {
    const { threadId, runId } = await opened();
    const token = `choir_run.${threadId}.${runId}.${'aB3-_'.repeat(9)}`;
    const result = await ledger.command(threadId, person, [{ type: 'give-guidance', text: `API_KEY=${token}\n"${token}"` }]);
    expect(result.ok && result.events.map(({ data }) => data)).toMatchObject([{ text: 'API_KEY=[hidden]\n"[hidden]"' }]);
    expect(JSON.stringify([await allEvents(threadId), result.state])).not.toContain(token.slice(-43));
  });

  it('writes every command of many writers in other processes exactly once', async () => {
    const { threadId } = await opened();
    const writers = Array.from({ length: 4 }, () => createLedger({ database, bus }));
    await Promise.all(
      writers.flatMap((writer, index) =>
        Array.from({ length: 10 }, (_, turn) => writer.command(threadId, person, [{ type: 'give-guidance', text: `${index}.${turn}` }])),
      ),
    );
    const said = (await allEvents(threadId)).flatMap((event) => (event.type === 'guidance.given' ? [event.data.text] : []));
    expect(said).toHaveLength(40);
    expect(new Set(said).size).toBe(40);
    await Promise.all(writers.map((writer) => writer.close()));
  });

  it('lets exactly one of two answers to an approval win, also against a stale cache', async () => {
    const { threadId, runId } = await opened();
    const approvalId = newId('ap');
    const action = { cwd: '.', network: true, baseCheckpointId: 'cp', hash: 'h' };
    await ledger.command(threadId, { actor: 'choir' }, [
      { type: 'request-approval', runId, approvalId, kind: 'outside', action, reason: 'Asks' },
    ]);
    const others = [createLedger({ database, bus }), createLedger({ database, bus })];
    await Promise.all(others.map((other) => other.load(threadId)));
    const answers = await Promise.all(
      others.map((other, index) =>
        other.command(threadId, person, [{ type: 'answer-approval', approvalId, decision: index === 0 ? 'approve' : 'reject', note: '' }]),
      ),
    );
    expect(answers.map((answer) => answer.ok).sort()).toEqual([false, true]);
    expect(answers.find((answer) => !answer.ok)).toMatchObject({ reason: 'approval-closed' });
    const [row] = await database.sql`select status from approvals where id = ${approvalId}`;
    expect(row?.status).toBe(answers[0]?.ok ? 'approve' : 'reject');
    await Promise.all(others.map((other) => other.close()));
  });

  it('writes nothing of a list of commands when one of them is refused', async () => {
    const { threadId, runId } = await opened();
    const result = await ledger.command(threadId, { actor: 'choir' }, [
      { type: 'post-message', runId, text: 'half' },
      { type: 'finish-step', runId, stepId: 'none', status: 'done', note: '' },
    ]);
    expect(result).toMatchObject({ ok: false, reason: 'step-unknown' });
    expect(await allEvents(threadId)).toHaveLength(4);
  });

  it('keeps the query rows in step with the events', async () => {
    const { threadId, runId } = await opened();
    const second = checkpoint({ number: 1, kind: 'step', label: 'Create hello.txt' });
    await ledger.command(threadId, { actor: 'choir' }, [
      { type: 'take-run', runId, workerId: 'wk', reason: 'recovered' },
      { type: 'record-checkpoint', checkpoint: second, runId },
      { type: 'complete-run', runId, summary: 'Ran `a \\| b` \\| c.' },
    ]);
    const [run] = await database.sql`select status from runs where id = ${runId}`;
    const [thread] = await database.sql`select seq, run_status, last_line from threads where id = ${threadId}`;
    const rows = await database.sql`select number, commit from checkpoints where thread_id = ${threadId} order by number`;
    expect(run?.status).toBe('completed');
    expect(thread).toMatchObject({ seq: 7, run_status: 'completed', last_line: 'Ran a \\| b | c.' });
    expect(rows.map((row) => row.number)).toEqual([0, 1]);
  });

  it('folds to the same state from a snapshot as from the first event', async () => {
    const { threadId, runId } = await opened();
    for (let index = 0; index < 220; index += 1)
      await ledger.command(threadId, { actor: 'choir' }, [{ type: 'post-message', runId, text: `line ${index}` }]);
    await ledger.close();
    const [row] = await database.sql`select seq from snapshots where thread_id = ${threadId}`;
    expect(row?.seq).toBe(200);
    const fromSnapshot = await loadState(database, threadId);
    await database.sql`delete from snapshots where thread_id = ${threadId}`;
    expect(fromSnapshot).toEqual(await loadState(database, threadId));
    expect(fromSnapshot).toEqual(await ledger.load(threadId));
  });

  it('sends each event to whoever follows the thread', async () => {
    const { threadId, runId } = await opened();
    await ledger.close();
    const events = bus.follow('ws_test', threadId);
    const arrived = next(events);
    await bus.connection.flush();
    await ledger.command(threadId, { actor: 'choir' }, [{ type: 'post-message', runId, text: 'live' }]);
    expect((await arrived).value).toMatchObject({ seq: 5, type: 'message.posted', data: { text: 'live' } });
    events.close();
  });

  it('goes on past a message that this version cannot read', async () => {
    const { threadId, runId } = await opened();
    await ledger.close();
    const events = bus.follow('ws_test', threadId);
    const arrived = next(events);
    for (const strange of ['{"type":"something.newer"}', 'no json']) bus.connection.publish(`live.ws_test.${threadId}`, strange);
    await bus.connection.flush();
    await ledger.command(threadId, { actor: 'choir' }, [{ type: 'post-message', runId, text: 'plain' }]);
    expect((await arrived).value).toMatchObject({ seq: 5, data: { text: 'plain' } });
    events.close();
  });

  it('is not held up by an event that is larger than NATS takes', async () => {
    const { threadId, runId } = await opened();
    const text = 'x'.repeat(bus.connection.info?.max_payload ?? 0);
    await ledger.command(threadId, { actor: 'choir' }, [{ type: 'post-message', runId, text }]);
    await ledger.close();
    await expect.poll(async () => (await database.sql`select 1 from outbox`).length).toBe(0);
    expect((await allEvents(threadId)).at(-1)).toMatchObject({ seq: 5, data: { text } });
  });

  it('sends what a crash left unsent, once', async () => {
    const { threadId, runId } = await opened();
    await ledger.close();
    await expect.poll(async () => (await database.sql`select 1 from outbox`).length).toBe(0);
    await ledger.command(threadId, { actor: 'choir' }, [{ type: 'post-message', runId, text: 'unsent' }]);
    await ledger.close();
    await database.sql`insert into outbox (position) select position from events where thread_id = ${threadId} and seq = 5`;
    expect(await sweepOutbox({ database, bus }, 0)).toBe(1);
    expect(await sweepOutbox({ database, bus }, 0)).toBe(0);
  });

  it('pages backwards and filters by type and file', async () => {
    const { threadId, runId } = await opened();
    const files = [{ path: 'a.txt', status: 'added' as const, additions: 1, deletions: 0, binary: false }];
    const changed = checkpoint({
      number: 1,
      kind: 'step',
      changes: { files, fileCount: 1, deletedCount: 0, additions: 1, deletions: 0, leftOut: [] },
    });
    await ledger.command(threadId, { actor: 'choir' }, [{ type: 'record-checkpoint', checkpoint: changed, runId }]);
    const page = async (filter: Parameters<typeof readEvents>[2]) =>
      (await Array.fromAsync(readEvents(database, threadId, filter))).flat().map((event) => event.seq);
    expect(await page({ before: 5, limit: 2 })).toEqual([3, 4]);
    expect(await page({ after: 3 })).toEqual([4, 5]);
    expect(await page({ type: 'goal.given' })).toEqual([3]);
    expect(await page({ file: 'a.txt' })).toEqual([5]);
    expect(await page({ file: 'b.txt' })).toEqual([]);
    expect(await page({ kind: 'checkpoint' })).toEqual([2, 5]);
    expect(await page({ kind: 'checkpoint', type: 'goal.given' })).toEqual([]);
    expect(await page({ seqs: [4, 2, 99] })).toEqual([2, 4]);
    expect(await page({ until: '2000-01-01T00:00:00Z' })).toEqual([]);
    expect(await page({ since: '2000-01-01T00:00:00Z', run: runId })).toEqual(await listSeqs(database, threadId, { run: runId }));
    expect(await listSeqs(database, threadId, { after: 3 })).toEqual([4, 5]);
  });

  it('finds words in any case, and takes every character of them as it is', async () => {
    const { threadId, runId } = await opened();
    const texts = ['The ZEBRA invoice', 'a.c', 'abc', 'say "hi" \\ $.** ? (@ == 1)', 'tab\there'];
    await ledger.command(
      threadId,
      { actor: 'choir' },
      texts.map((text) => ({ type: 'post-message' as const, runId, text })),
    );
    const found = (text: string) => listSeqs(database, threadId, { text });
    expect(await found('zebra inv')).toEqual([5]);
    expect(await found('A.C')).toEqual([6]);
    for (const [index, text] of texts.entries()) expect(await found(text), text).toContain(5 + index);
    expect(await listSeqs(database, threadId, { file: texts[3] })).toEqual([8]);
    expect(await found('text')).toEqual([]);
  });
});
