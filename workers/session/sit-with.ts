import { watchRules } from '#workers/run/call/watch-rules.ts';
import type { RunContext, RunSnapshot } from '#workers/run/run-context.ts';
import type { Session } from '#workers/sandbox/sandbox.ts';
import { createScribe } from './acp/scribe.ts';
import { type Earlier, findEarlier } from './earlier-conversation.ts';
import { ProgramEnded } from './endings.ts';
import { hearGuidance } from './hear-guidance.ts';
import { openDoor, type ToolDoor } from './mcp/open-door.ts';
import { connectAgent } from './program/connect-agent.ts';
import { holdToRules, reopenNetwork } from './program/session-network.ts';
import { createWire, type Wire } from './program/wire.ts';
import { runTurns } from './run-turns.ts';
import { type AcpProtocol, type Beginning, loadSnapshot, type Sitting } from './sitting.ts';

const connectMs = 120_000;
const lookEveryMs = 5_000;

type Seat = { protocol: AcpProtocol; sessionId: string; session: Session; version: string; isFirst: boolean };

/** Works with a program that runs: greets it when it is new, hears what it said meanwhile when it is not. */
export async function sitWith(context: RunContext, seat: Seat): Promise<'over' | 'waits'> {
  const wire = createWire(seat.session, context.signal);
  const snapshot = await loadSnapshot(context);
  const door = await openDoor(context, snapshot, { isRunning: seat.session.wasRunning, onNews: wire.wake });
  try {
    return await sit(context, seat, { wire, snapshot, door });
  } finally {
    await door?.close();
  }
}

type Table = { wire: Wire; snapshot: RunSnapshot; door: ToolDoor | null };

async function sit(context: RunContext, { protocol, sessionId, session, version, isFirst }: Seat, { wire, snapshot, door }: Table) {
  const { workspaceId } = snapshot.state;
  const sitting: Sitting = {
    context,
    workspaceId,
    protocol,
    sessionId,
    session,
    wire,
    scribe: createScribe(),
    door,
    waysOut: new Map(),
  };
  // A program that nobody introduced to the ledger has not been greeted whole: it is greeted anew, in a process of its own.
  if (session.wasRunning && (!snapshot.run.session || snapshot.run.session.ended))
    throw new ProgramEnded('Its worker ended while it started.');
  const earlier = session.wasRunning ? null : await findEarlier(context, snapshot);
  const how = session.wasRunning ? 'running' : await connect(sitting, earlier, version);
  const beginning: Beginning = { how, isFirst, news: earlier?.news ?? [] };

  await reopenNetwork(sitting, snapshot);

  const stopHearing = hearGuidance(context, workspaceId, wire.wake);
  const stopWatching = watchRules(context, workspaceId, () => holdToRules(sitting));
  const timer = setInterval(() => wire.wake(), lookEveryMs);
  try {
    return await runTurns(sitting, beginning);
  } finally {
    clearInterval(timer);
    stopHearing();
    stopWatching();
  }
}

async function connect(sitting: Sitting, earlier: Earlier | null, version: string) {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new ProgramEnded(`It did not answer within ${connectMs / 1_000} seconds.`)), connectMs);
  try {
    return await Promise.race([connectAgent(sitting, earlier, version), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
