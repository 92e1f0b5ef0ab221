import type { LedgerEvent } from '#lib/core/event.ts';
import { type Figure, median, milliseconds, percentile } from './measure.ts';
import type { Session } from './session.ts';

const rounds = 12;
const goal = 'Create hello.txt containing "one", then append "two" to hello.txt, then run "cat hello.txt"';
const deadlineMs = 30_000;

/** A goal of three steps through the API, worked on by the installation's own worker and the rules agent. */
export async function benchGoals({ installation, context }: Session): Promise<Figure[]> {
  const started: number[] = [];
  const completed: number[] = [];
  const steps: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const times = await carryOut(installation, context, round);
    started.push(times.startedMs);
    completed.push(times.completedMs);
    steps.push(...times.callMs);
  }
  const shown = (times: number[]) => `p50 ${milliseconds(median(times))}  longest ${milliseconds(percentile(times, 1))}`;
  return [
    { what: 'goal -> first event of its worker', value: shown(started) },
    { what: 'goal -> completed, three steps', value: shown(completed) },
    { what: 'one tool call of it, checkpoint and all', value: shown(steps) },
  ];
}

async function carryOut({ api }: Session['installation'], { bus, actor }: Session['context'], round: number) {
  const workspaceId = actor.kind === 'person' ? actor.workspaceId : '';
  const events = bus.follow(workspaceId, '*');
  const late = setTimeout(() => events.close(), deadlineMs);
  try {
    await bus.connection.flush();
    const startedAt = performance.now();
    const posted = api<{ threadId: string }>('POST', '/api/threads', { goal, mode: 'autonomous' });
    let startedMs = Number.NaN;
    let proposedAt = 0;
    const callMs: number[] = [];
    for await (const event of events) {
      const at = performance.now();
      if (event.type === 'run.started') startedMs = at - startedAt;
      if (event.type === 'tool.proposed') proposedAt = at;
      if (event.type === 'tool.finished') callMs.push(at - proposedAt);
      if (!isEnd(event)) continue;
      const { threadId } = await posted;
      if (event.type !== 'run.completed' || callMs.length !== 3)
        throw new Error(`Round ${round} ended with ${event.type} after ${callMs.length} calls in ${threadId}.`);
      return { startedMs, completedMs: at - startedAt, callMs };
    }
    throw new Error(`Round ${round} did not end within ${deadlineMs / 1_000} s.`);
  } finally {
    clearTimeout(late);
    events.close();
  }
}

function isEnd({ type }: LedgerEvent): boolean {
  return type === 'run.completed' || type === 'run.failed' || type === 'run.cancelled';
}
