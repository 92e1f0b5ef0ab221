import { jetstreamManager } from '@nats-io/jetstream';
import { waitUntil } from '#bin/services/wait-until.ts';
import type { Bus } from '#lib/bus/connect-bus.ts';
import { eventStream } from '#lib/bus/streams.ts';
import type { Command } from '#lib/core/decide.ts';
import { newId } from '#lib/core/new-id.ts';
import type { ThreadState } from '#lib/core/state.ts';
import { loadState } from '#lib/ledger/load-state.ts';
import { readEvents } from '#lib/ledger/read-events.ts';
import { checkpoint } from '#tests/build-thread.ts';
import { openPhone } from './browser.ts';
import { benchLookingBack } from './looking-back.ts';
import { type Figure, median, milliseconds, repeat, spread, timed, under } from './measure.ts';
import { benchAnswering, benchReading } from './reading.ts';
import type { Session } from './session.ts';
import { carryOutCall, proposeCall } from './tool-commands.ts';

const length = 100_000;
const callsPerAppend = 100;
const opens = 9;
const followMs = 900_000;

/** A thread of 100,000 events (tool calls with their results, messages, a checkpoint for every fifth call): asked for, and opened on a phone. */
export async function benchLongThread(session: Session): Promise<Figure[]> {
  const { installation, context, holdThread } = session;
  const { ledger, database } = context;
  const { threadId, runId, close } = await holdThread();
  for (let calls = 0, seq = 0; seq < length; calls += callsPerAppend) {
    const commands = Array.from({ length: callsPerAppend }, (_, index) => callCommands(runId, calls + index)).flat();
    const written = await ledger.command(threadId, { actor: 'agent', agentId: 'rules' }, commands);
    if (!written.ok) throw new Error(written.message);
    seq = written.state.seq;
  }
  await close();
  await untilHeard(context.bus);

  const path = `/api/threads/${threadId}`;
  const first = await timed(() => installation.api<ThreadState>('GET', path));
  const again = await repeat(20, () => installation.api('GET', path));
  const loaded = await repeat(10, () => loadState(database, threadId));
  const replay = await timed(async () => {
    for await (const _ of readEvents(database, threadId));
  });
  return [
    {
      what: `state of ${first.result.seq.toLocaleString('en')} events over HTTP`,
      value: `first ${milliseconds(first.ms)}, then ${spread(again)}`,
    },
    { what: 'the same from its snapshot, in this process', value: spread(loaded) },
    { what: 'every event of it read from PostgreSQL', value: milliseconds(replay.ms) },
    ...(await openOnPhone(session, threadId)),
    ...(await benchLookingBack(session, threadId, length)),
    ...(await benchAnswering(session)),
  ];
}

/** So many events at once keep those who follow all of them busy for minutes: nothing else is measured meanwhile. */
async function untilHeard({ connection }: Bus): Promise<void> {
  const { consumers } = await jetstreamManager(connection);
  await waitUntil(
    async () => {
      for await (const { num_pending, num_ack_pending } of consumers.list(eventStream)) if (num_pending + num_ack_pending > 0) return false;
      return true;
    },
    { what: 'every event is heard', timeoutMs: followMs, everyMs: 1_000 },
  );
}

/** Readable: its newest line stands there. Usable: it also follows live, and takes words. */
async function openOnPhone(session: Session, threadId: string): Promise<Figure[]> {
  const opened = await openPhone(session);
  if (!opened) return [];
  try {
    const readable: number[] = [];
    const usable = await repeat(opens, async () => {
      const page = await opened.phone.newPage();
      const startedAt = performance.now();
      await page.goto(`${session.installation.url}/threads/${threadId}`, { waitUntil: 'commit' });
      await page.getByRole('article', { name: 'End of the run' }).waitFor();
      readable.push(performance.now() - startedAt);
      await page.getByText('Live', { exact: true }).waitFor();
      await page.getByRole('textbox').fill('Words');
      await page.close();
    });
    const value = (times: number[]) =>
      `p50 ${milliseconds(median(times.slice(1)))}  (first, nothing cached, ${milliseconds(times[0] ?? Number.NaN)})`;
    return [
      { what: 'the same opened on a phone, readable', value: value(readable) },
      { what: 'the same opened on a phone, usable', value: value(usable), aim: under(1_000, median(usable.slice(1))) },
      ...(await benchReading(opened.phone, `${session.installation.url}/threads/${threadId}`)),
    ];
  } finally {
    await opened.close();
  }
}

function callCommands(runId: string, index: number): Command[] {
  const [start, finish] = carryOutCall(runId, index);
  if (!start || finish?.type !== 'finish-call') throw new Error('A call is started and finished.');
  const kept =
    index % 5 === 0 ? { ...finish, checkpoint: checkpoint({ number: index / 5 + 1, kind: 'step', checkpointId: newId('cp') }) } : finish;
  return [
    proposeCall(runId, index),
    start,
    kept,
    { type: 'post-message', runId, text: `Line ${index} is printed. What follows is the next one.` },
  ];
}
