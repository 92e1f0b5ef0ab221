import { newId } from '#lib/core/new-id.ts';
import { settleTree } from '#lib/threads/revert/settle-tree.ts';
import { openProgram } from '#workers/session/program/open-program.ts';
import { ProgramEnded, SessionTaken } from '#workers/session/program/wire.ts';
import type { TerminalAgent } from '../../agents/agent.ts';
import { authorIn, type RunContext, RunOver, type RunSnapshot, record } from '../../run/run-context.ts';
import type { Session } from '../../sandbox/sandbox.ts';
import { cleanText } from '../acp/clean-text.ts';
import { AgentRefused } from '../agent-refused.ts';
import { finishSession } from '../finish-session.ts';
import { MustBeUndone } from '../settle-call.ts';
import { loadSnapshot } from '../sitting.ts';
import { agreeToStart, type Start } from './agree-to-start.ts';
import type { ScreenProtocol } from './read-screen.ts';
import { ProgramCrashed, tendTerminal } from './tend-terminal.ts';
import { createTerminal, type Terminal } from './terminal.ts';
import type { NamedRequest } from './typed-request.ts';

const detailLimit = 1_000;

/**
 * Works with a program in a terminal until it waits for a person or its run ends; `again` when it must be started once more. Throws
 * `AgentRefused` when it may not run at all.
 */
export async function workTerminal(
  context: RunContext,
  agent: TerminalAgent,
  protocol: ScreenProtocol,
  snapshot: RunSnapshot,
): Promise<'again' | 'done'> {
  const start = await agreeToStart(context, snapshot);
  const { run } = snapshot;
  const sessionId = run.session?.sessionId ?? newId('se');
  if (start.kind === 'ran') {
    await context.sandbox.stop(context.threadId);
    await finishSession(context, sessionId, await context.sandbox.begin({ threadId: context.threadId, id: sessionId }));
    return 'done';
  }
  if (start.kind !== 'start') return 'done';
  const { session } = await openProgram(context, { run, program: agent.program, sessionId });
  let stopped = false;
  const end = async (reason: 'crashed' | 'limit', detail: string) => {
    await record(context, 'choir', [{ type: 'end-session', runId: run.runId, sessionId, reason, detail: cleanText(detail, detailLimit) }]);
  };
  const stop = async () => {
    await session.stop();
    stopped = true;
  };
  try {
    if ((await sitAtTerminal(context, { protocol, sessionId, session, start })) === 'waits') return 'done';
    await stop();
    await finishSession(context, sessionId, session.transaction);
    return 'done';
  } catch (error) {
    if (error instanceof SessionTaken) throw new RunOver(error.message);
    if (error instanceof MustBeUndone) {
      await stop();
      await end('limit', error.message);
      await session.transaction.drop();
      await settleTree(context, { threadId: context.threadId, kind: 'person', author: authorIn(context, 'choir') });
      throw new AgentRefused(error.message);
    }
    if (!(error instanceof ProgramEnded)) throw error;
    // The terminal of a program that fell stays: it is started again there.
    if (!(error instanceof ProgramCrashed)) await stop();
    await end('crashed', error.message);
    return 'again';
  } finally {
    if (!stopped) await session.detach();
  }
}

type Seat = { protocol: ScreenProtocol; sessionId: string; session: Session; start: Extract<Start, { kind: 'start' }> };

async function sitAtTerminal(context: RunContext, { protocol, sessionId, session, start }: Seat): Promise<'over' | 'waits'> {
  const contacts = new Set<string>();
  if (start.network.mode === 'allow') await session.allowHosts(start.network.hosts, (host) => contacts.add(host));
  const { state, run } = await loadSnapshot(context);
  const terminal = await createTerminal(session, context.signal, run.session?.line ?? 0);
  await introduce(context, session, sessionId, terminal);
  const events = context.bus.follow(state.workspaceId, context.threadId);
  const follow = async () => {
    for await (const event of events) if (event.type === 'guidance.given') terminal.wake();
  };
  follow().catch(() => {});
  try {
    return await tendTerminal({ context, protocol, sessionId, session, terminal, call: start.call, contacts });
  } finally {
    events.close();
  }
}

/** The ledger knows of each start of the program, and the log which one it was: so it is started again once, whichever worker does it. */
async function introduce(context: RunContext, session: Session, sessionId: string, terminal: Terminal): Promise<void> {
  const { run } = await loadSnapshot(context);
  if (!session.wasRunning || !run.session || run.session.ended) {
    const how = run.session ? 'restarted' : 'new';
    await record(context, 'agent', [{ type: 'start-session', runId: run.runId, sessionId, agentSessionId: sessionId, how }]);
  }
  const restarts = (await loadSnapshot(context)).run.session?.restarts ?? 0;
  const known = terminal.view().restarts;
  if (known === restarts) return;
  const request: NamedRequest = known === null ? { type: 'screen', restarts } : { type: 'start', restarts };
  await terminal.say(request);
}
