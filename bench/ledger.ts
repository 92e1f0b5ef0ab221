import type { Services } from '#lib/context.ts';
import type { Command } from '#lib/core/decide.ts';
import { newId } from '#lib/core/new-id.ts';
import { createLedger } from '#lib/ledger/create-ledger.ts';
import { loadState } from '#lib/ledger/load-state.ts';
import { readEvents } from '#lib/ledger/read-events.ts';
import { openThread, person } from '#tests/build-thread.ts';
import { type Figure, milliseconds, repeat, spread, timed } from './measure.ts';

const writers = 4;
const appendsPerWriter = 1_000;
export const longThread = 100_000;

type Owner = { workspaceId: string; projectId: string };

/** Appends against the plain alternative (one insert of the same row), four writers at once, and a thread of 100,000 events. */
export async function benchLedger(services: Services, owner: Owner): Promise<{ figures: Figure[]; longThreadId: string }> {
  const { database, ledger } = services;
  const { threadId, runId } = await openBenchThread(services, owner);
  const append = (index: number) => ledger.command(threadId, { actor: 'choir' }, [{ type: 'post-message', runId, text: `line ${index}` }]);
  await repeat(200, append);
  const acknowledged = await repeat(2_000, append);
  const plain = await repeat(
    2_000,
    (index) =>
      database.sql`insert into runs (id, thread_id, workspace_id, status, updated_at) values (${`bench-${index}`}, 't', 'w', 'completed', now())`,
  );
  await database.sql`delete from runs where id like 'bench-%'`;

  const together = await timed(() =>
    Promise.all(
      Array.from({ length: writers }, async () => {
        const own = createLedger(services);
        const thread = await openBenchThread(services, owner);
        await repeat(appendsPerWriter, (index) =>
          own.command(thread.threadId, { actor: 'choir' }, [{ type: 'post-message', runId: thread.runId, text: `line ${index}` }]),
        );
        await own.close();
      }),
    ),
  );

  const long = await openBenchThread(services, owner);
  const batch = (from: number): Command[] =>
    Array.from({ length: 500 }, (_, index) => ({ type: 'post-message', runId: long.runId, text: `line ${from + index}` }));
  for (let from = 0; from < longThread; from += 500) await ledger.command(long.threadId, { actor: 'agent', agentId: 'rules' }, batch(from));
  const open = await repeat(20, () => loadState(database, long.threadId));
  const replay = await timed(async () => {
    for await (const _ of readEvents(database, long.threadId));
  });

  return {
    longThreadId: long.threadId,
    figures: [
      { what: 'event appended -> acknowledged', value: spread(acknowledged) },
      { what: 'one plain insert, same server', value: spread(plain) },
      { what: `appends per second, ${writers} writers`, value: `${Math.round((writers * appendsPerWriter * 1_000) / together.ms)}` },
      { what: '100,000-event thread: state from its snapshot', value: spread(open), aim: 'under 1 s' },
      { what: '100,000-event thread: read every event', value: milliseconds(replay.ms) },
    ],
  };
}

async function openBenchThread({ ledger }: Services, { workspaceId, projectId }: Owner): Promise<{ threadId: string; runId: string }> {
  const threadId = newId('th');
  const runId = newId('ru');
  const commands = openThread({ workspaceId, runId }).map((command) =>
    command.type === 'create-thread' ? { ...command, projectId } : command,
  );
  await ledger.command(threadId, person, commands);
  return { threadId, runId };
}
