import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { toCheckpointState } from '#lib/checkpoints/find-checkpoint.ts';
import { type Command, decide } from '#lib/core/decide.ts';
import type { LedgerEvent, NewEvent } from '#lib/core/event.ts';
import { fold, foldAll } from '#lib/core/fold.ts';
import { type ApprovalState, emptyThread, openApprovals, type RunState, type ThreadState } from '#lib/core/state.ts';
import { connectDatabase } from '#lib/db/connect-database.ts';
import { checkpoints } from '#lib/db/schema.ts';
import { openThread } from '#tests/build-thread.ts';
import { ledgerOf } from '#tests/builders/ledger.ts';
import { type Attempt, attempts } from '#tests/builders/thread-commands.ts';
import { testDatabase } from '#tests/services.ts';
import { appendEvents } from './append-events.ts';
import { threadRow } from './query-rows.ts';

const database = connectDatabase(await testDatabase());
const { sql, db } = database;

beforeAll(async () => {
  await sql`insert into workspaces (id, name) values ('ws_1', 'Test')`;
  await sql`insert into users (id, workspace_id, name, role) values ('us_1', 'ws_1', 'Owner', 'owner')`;
  await sql`insert into projects (id, workspace_id, name, origin, head_commit, created_by) values ('pr_1', 'ws_1', 'scratch', ${sql.json({})}, 'c', 'us_1')`;
});
afterAll(() => database.close());

/** The builder's ids mean something within one run; in the tables they mean it everywhere. */
function withOwnIds(command: Command, { seq, run }: ThreadState): Command {
  const text = JSON.stringify(command)
    .replaceAll(/"ap_(\w+)"/g, `"ap_${run?.runId}_$1"`)
    .replaceAll(/"(rl|mc)_1"/g, `"$1_${seq}"`);
  return JSON.parse(text);
}

/** All that the fold ever said of runs and approvals, the newest word of each. */
type Said = { runs: Map<string, RunState>; approvals: Map<string, ApprovalState> };

function listen(said: Said, { run }: ThreadState): void {
  if (!run) return;
  said.runs.set(run.runId, run);
  for (const approval of run.approvals) said.approvals.set(approval.approvalId, approval);
}

/** Writes what the attempts lead to, several commands in one append where `together` says so. */
async function write(tries: Attempt[], together: boolean[]): Promise<{ state: ThreadState; said: Said }> {
  const said: Said = { runs: new Map(), approvals: new Map() };
  let [before, after, events]: [ThreadState, ThreadState, NewEvent[]] = [emptyThread, emptyThread, []];
  for (const [index, { author, command }] of tries.entries()) {
    const decision = decide(after, withOwnIds(command(after), after), author, new Date(index * 1_000).toISOString());
    for (const event of decision.ok ? decision.events : []) {
      after = fold(after, { ...event, threadId: 'th_1', seq: after.seq + 1, position: 0 } as LedgerEvent);
      events.push(event);
      listen(said, after);
    }
    if (events.length === 0 || (together[index] && index < tries.length - 1)) continue;
    expect(await appendEvents(database, before, after, events)).toMatchObject({ ok: true });
    [before, events] = [after, []];
  }
  return { state: after, said };
}

it('the rows say what the fold says, whatever happened and however it was appended', async () => {
  await fc.assert(
    fc.asyncProperty(attempts, fc.array(fc.boolean(), { minLength: 121, maxLength: 121 }), async (tries, together) => {
      await sql`truncate threads, events, outbox, runs, approvals, checkpoints, rules, model_calls cascade`;
      const { state, said } = await write(tries, together);

      const runs = await sql<{ id: string; status: string }[]>`select id, status from runs`;
      expect(new Map(runs.map(({ id, status }) => [id, status]))).toEqual(new Map([...said.runs].map(([id, { status }]) => [id, status])));

      const approvals = await sql<{ id: string; run_id: string; status: string; note: string | null; answered_by: string | null }[]>`
        select id, run_id, status, note, answered_by from approvals`;
      expect(new Map(approvals.map(({ id, ...row }) => [id, { ...row }]))).toEqual(
        new Map(
          [...said.approvals].map(([id, { runId, answer, withdrawn }]) => [
            id,
            {
              run_id: runId,
              status: answer?.decision ?? (withdrawn ? 'withdrawn' : 'open'),
              note: answer?.note ?? withdrawn?.reason ?? null,
              answered_by: answer?.userId ?? null,
            },
          ]),
        ),
      );

      const rows = await db.select().from(checkpoints).orderBy(checkpoints.seq);
      expect(rows.map(toCheckpointState)).toEqual(state.checkpoints);

      const threads = await sql`select seq, run_status, run_extent, open_approvals from threads`;
      const expected = {
        seq: state.seq,
        run_status: state.run?.status ?? null,
        run_extent: state.run?.extent ?? null,
        open_approvals: openApprovals(state).length,
      };
      expect([...threads]).toEqual(state.seq === 0 ? [] : [expected]);
    }),
    { numRuns: 15 },
  );
});

it('a run that ends in the append that begins the next one has ended', async () => {
  await sql`truncate threads, events, outbox, runs, approvals, checkpoints, rules, model_calls cascade`;
  const [open, first] = openThread({ workspaceId: 'ws_1', runId: 'ru_1' });
  const next: Command = { type: 'give-goal', runId: 'ru_2', goal: 'g', agent: 'rules', agentReason: '', mode: 'assisted', dryRun: false };
  const commands = [{ ...open, projectId: 'pr_1' } as Command, first as Command, { type: 'cancel-run', reason: 'r' } as const, next];
  await write(
    commands.map((command) => ({ author: { actor: 'person', userId: 'us_1', via: 'api' }, command: () => command })),
    commands.map(() => true),
  );
  const runs = await sql<{ id: string; status: string }[]>`select id, status from runs order by id`;
  expect([...runs]).toEqual([
    { id: 'ru_1', status: 'cancelled' },
    { id: 'ru_2', status: 'queued' },
  ]);
});

it('a run whose question is withdrawn waits no more', async () => {
  await sql`truncate threads, events, outbox, runs, approvals, checkpoints, rules, model_calls cascade`;
  const [open, first] = openThread({ workspaceId: 'ws_1', runId: 'ru_1' });
  const agent = { actor: 'agent', agentId: 'rules' } as const;
  const action = { cwd: '.', network: false, baseCheckpointId: 'cp_0', hash: 'h' };
  const of = { runId: 'ru_1', approvalId: 'ap_1' };
  const said: [Attempt['author'], Command][] = [
    [{ actor: 'choir' }, { ...open, projectId: 'pr_1' } as Command],
    [{ actor: 'person', userId: 'us_1', via: 'api' }, first as Command],
    [agent, { type: 'take-run', runId: 'ru_1', workerId: 'w', reason: 'recovered' }],
    [agent, { type: 'request-approval', ...of, kind: 'recovery', reason: '', action } as Command],
    [agent, { type: 'withdraw-approval', ...of, reason: 'r' }],
  ];
  const { state } = await write(
    said.map(([author, command]) => ({ author, command: () => command })),
    said.map(() => false),
  );
  expect(state.run?.approvals[0]?.withdrawn).toBeDefined();
  expect([...(await sql`select status from runs`)]).toEqual([{ status: 'running' }]);
});

it('lists a thread by a line in which nothing hides or turns others around', () => {
  const said = foldAll(ledgerOf([{ type: 'message.posted', data: { text: 'All fine\u202e now\u200b.\nAnd more.' } }]));
  expect(threadRow(said).lastLine).toBe('All fine now.');
});

it('lists a thread by words without their marks', () => {
  const said = foldAll(ledgerOf([{ type: 'message.posted', data: { text: '- `todo.mjs` has **add** and **finish**, 2**3' } }]));
  expect(threadRow(said).lastLine).toBe('todo.mjs has add and finish, 2**3');
});
