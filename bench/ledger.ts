import { createLedger } from '#lib/ledger/create-ledger.ts';
import { type Figure, repeat, spread, timed } from './measure.ts';
import type { Session } from './session.ts';
import { carryOutCall, proposeCall } from './tool-commands.ts';

const warmUp = 200;
const rounds = 1_000;
const writers = 4;
const appendsPerWriter = 1_000;

/** Appends of one tool event, beside the least that a durable write can cost here: one insert on the same server. */
export async function benchLedger({ context, holdThread }: Session): Promise<Figure[]> {
  const { database, ledger } = context;
  const thread = await holdThread();
  const acknowledged: number[] = [];
  for (let index = 0; index < warmUp + rounds; index += 1) {
    const append = await timed(() =>
      ledger.command(thread.threadId, { actor: 'agent', agentId: 'rules' }, [proposeCall(thread.runId, index)]),
    );
    if (index >= warmUp) acknowledged.push(append.ms);
    await ledger.command(thread.threadId, { actor: 'choir' }, carryOutCall(thread.runId, index));
  }
  await thread.close();

  const insert = (index: number) =>
    database.sql`insert into runs (id, thread_id, workspace_id, status, updated_at) values (${`bench-${index}`}, 't', 'w', 'completed', now())`;
  const plain = await repeat(rounds, insert);
  await database.sql`delete from runs where id like 'bench-%'`;

  const threads = await Promise.all(Array.from({ length: writers }, holdThread));
  const together = await timed(() => Promise.all(threads.map(({ threadId, runId }) => writeMany(context, threadId, runId))));
  await Promise.all(threads.map((held) => held.close()));

  return [
    { what: 'tool event appended -> acknowledged', value: spread(acknowledged) },
    { what: 'one plain insert on the same server', value: spread(plain) },
    {
      what: `appends per second, ${writers} writers`,
      value: Math.round((writers * appendsPerWriter * 1_000) / together.ms).toLocaleString('en'),
    },
  ];
}

async function writeMany(context: Session['context'], threadId: string, runId: string): Promise<void> {
  const own = createLedger(context);
  await repeat(appendsPerWriter, (index) =>
    own.command(threadId, { actor: 'choir' }, [{ type: 'post-message', runId, text: `line ${index}` }]),
  );
  await own.close();
}
