import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkpoint, openThread, person } from '#tests/build-thread.ts';
import { attempts } from '#tests/builders/thread-commands.ts';
import { type Author, type Command, decide } from '../decide.ts';
import type { LedgerEvent } from '../event.ts';
import { fold } from '../fold.ts';
import { emptyThread, type ThreadState } from '../state.ts';

const at = '2026-01-01T00:00:00.000Z';
const workers = 3;
const longest = 121;

/** The state after the command, or the refusal. */
function apply(state: ThreadState, author: Author, command: Command): ThreadState | string {
  const decision = decide(state, command, author, at);
  if (!decision.ok) return decision.reason;
  return decision.events.reduce((next, event) => {
    return fold(next, { ...event, threadId: 'th_1', seq: next.seq + 1, position: next.seq + 1 } as LedgerEvent);
  }, state);
}

describe('a worker', () => {
  it('makes no checkpoint of one that is not current any more: it would take back what came between', () => {
    const agent = { actor: 'agent', agentId: 'rules' } as const;
    const opened = openThread({ runId: 'ru_1' }).reduce((state, command) => apply(state, person, command) as ThreadState, emptyThread);
    const made = (commit: string, parentCommit: string) => checkpoint({ kind: 'person', commit, parentCommit });
    const saved = apply(opened, person, { type: 'record-checkpoint', checkpoint: made('c1', '0'.repeat(40)) }) as ThreadState;
    const late: Command = { type: 'record-checkpoint', runId: 'ru_1', checkpoint: made('c2', '0'.repeat(40)) };
    expect(apply(saved, agent, late)).toBe('checkpoint-moved');
    expect(apply(saved, agent, { ...late, checkpoint: made('c2', 'c1') })).toMatchObject({ checkpointCount: 3 });
  });

  it('writes nothing of a run that another worker took since', () => {
    const turns = fc.array(fc.record({ worker: fc.nat({ max: workers - 1 }), looks: fc.boolean() }), {
      minLength: longest,
      maxLength: longest,
    });
    let refused = 0;
    fc.assert(
      fc.property(attempts, turns, (tries, whose) => {
        const takes = Array<number>(workers).fill(0);
        let state = emptyThread;
        let holder: number | null = null;
        for (const [index, { author, command }] of tries.entries()) {
          const { worker = 0, looks = false } = whose[index] ?? {};
          const wanted = command(state);
          if (author.actor !== 'agent') {
            const next = apply(state, author, wanted);
            if (typeof next === 'string') continue;
            if (next.run?.runId !== state.run?.runId) holder = null;
            state = next;
            continue;
          }
          const take = wanted.type === 'take-run' && looks ? state.run?.take : takes[worker];
          const next = apply(state, { ...author, take }, wanted);
          if (next === 'not-this-worker') refused += 1;
          if (typeof next === 'string') continue;
          if (wanted.type === 'take-run') {
            takes[worker] = next.run?.take ?? 0;
            holder = worker;
          } else if (state.run) expect([null, worker]).toContain(holder);
          if (next.run?.runId !== state.run?.runId) holder = null;
          state = next;
        }
      }),
    );
    expect(refused).toBeGreaterThan(0);
  });

  it('that lost a run cannot take it back on what it knew, not even in the same process', () => {
    const queued = openThread({ runId: 'ru_1' }).reduce((state, command) => apply(state, person, command) as ThreadState, emptyThread);
    const take: Command = { type: 'take-run', runId: 'ru_1', workerId: 'wk_1', reason: 'recovered' };
    const first = apply(queued, { actor: 'choir', take: 0 }, take) as ThreadState;
    const second = apply(first, { actor: 'choir', take: first.run?.take }, take) as ThreadState;
    const late: Author = { actor: 'agent', agentId: 'rules', take: first.run?.take };
    expect(apply(second, late, { type: 'post-message', runId: 'ru_1', text: 't' })).toBe('not-this-worker');
    expect(apply(second, late, take)).toBe('not-this-worker');
    expect(apply(second, person, { type: 'cancel-run', reason: 'r' })).toMatchObject({ run: { status: 'cancelled' } });
  });

  it('names a step by its title, also one that ends with its run', () => {
    const step = { step_id: 's1', title: 'Look around', kind: 'inspect' as const, depends_on: [], notes: '' };
    const commands: Command[] = [
      { type: 'propose-plan', runId: 'ru_1', reason: '', steps: [step] },
      { type: 'start-step', runId: 'ru_1', stepId: 's1' },
    ];
    const agent: Author = { actor: 'agent', agentId: 'rules' };
    const opened = openThread({ runId: 'ru_1' }).reduce((state, command) => apply(state, person, command) as ThreadState, emptyThread);
    const planned = apply(opened, agent, commands[0]!) as ThreadState;
    const started = decide(planned, commands[1]!, agent, at);
    expect(started).toMatchObject({ ok: true, events: [{ type: 'step.started', data: { stepId: 's1', title: 'Look around' } }] });
    const ended = decide(apply(planned, agent, commands[1]!) as ThreadState, { type: 'cancel-run', reason: 'r' }, person, at);
    expect(ended).toMatchObject({ ok: true, events: [{ type: 'step.finished', data: { title: 'Look around' } }, {}] });
  });
});
