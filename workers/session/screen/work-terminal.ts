import { newId } from '#lib/core/new-id.ts';
import type { TerminalAgent } from '#workers/agents/agent.ts';
import { accessNow, holdNetwork } from '#workers/run/call/hold-network.ts';
import { type RunContext, type RunSnapshot, record } from '#workers/run/run-context.ts';
import type { Session } from '#workers/sandbox/sandbox.ts';
import { AgentRefused } from '../endings.ts';
import { finishSession } from '../finish-session.ts';
import { hearGuidance } from '../hear-guidance.ts';
import { openProgram } from '../program/open-program.ts';
import { sitThrough } from '../sit-through.ts';
import { inside, loadSnapshot } from '../sitting.ts';
import { agreeToStart, type Start } from './agree-to-start.ts';
import type { ScreenProtocol } from './read-screen.ts';
import { tendTerminal } from './tend-terminal.ts';
import { createTerminal, type Terminal } from './terminal.ts';
import type { NamedRequest } from './typed-request.ts';

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
  const outcome = await sitThrough(context, { session, sessionId }, () => sitAtTerminal(context, { protocol, sessionId, session, start }));
  if (outcome.kind === 'undone') throw new AgentRefused(outcome.reason);
  return outcome.kind === 'done' ? 'done' : 'again';
}

type Seat = { protocol: ScreenProtocol; sessionId: string; session: Session; start: Extract<Start, { kind: 'start' }> };

async function sitAtTerminal(context: RunContext, { protocol, sessionId, session, start }: Seat): Promise<'over' | 'waits'> {
  const contacts = new Set<string>();
  const allow = (hosts: string[]) => session.allowHosts(hosts, (host) => contacts.add(host));
  if (start.network.mode === 'allow') await allow(start.network.hosts);
  const { state, run } = await loadSnapshot(context);
  const terminal = await createTerminal(session, context.signal, run.session?.line ?? 0);
  await introduce(context, session, sessionId, terminal);
  const stopHearing = hearGuidance(context, state.workspaceId, terminal.wake);
  const judge = async () => accessNow(context, await loadSnapshot(context), start.call.call, { asked: start.asked, home: inside.home });
  const way = holdNetwork(context, state.workspaceId, start.network, judge);
  if (way.access.mode === 'allow') way.access.follow?.((hosts) => void allow(hosts).catch(() => {}));
  try {
    return await tendTerminal({ context, protocol, sessionId, session, terminal, call: start.call, contacts });
  } finally {
    stopHearing();
    way.release();
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
