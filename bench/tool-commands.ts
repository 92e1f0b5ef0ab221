import { setTimeout } from 'node:timers/promises';
import type { Command } from '#lib/core/decide.ts';
import type { Ledger } from '#lib/ledger/create-ledger.ts';
import type { HeldThread } from './session.ts';

/** The commands of one tool call, as a worker gives them: proposed, then started and finished. */
export function proposeCall(runId: string, index: number): Command {
  return {
    type: 'propose-call',
    runId,
    callId: `ca_${index}`,
    call: { tool: 'run_command', args: { command: `echo line-${index}.`, cwd: '.' } },
    explanation: `Print line ${index}`,
    verdict: { decision: 'allow', reach: 'tree', rule: 'bench', reason: 'It only prints.' },
  };
}

export function carryOutCall(runId: string, index: number): Command[] {
  const callId = `ca_${index}`;
  return [
    { type: 'start-call', runId, callId, network: false },
    {
      type: 'finish-call',
      runId,
      callId,
      result: { status: 'succeeded', stdout: `line-${index}.\n`, stderr: '', returncode: 0, error: null, artifacts: [], duration_ms: 12 },
    },
  ];
}

export type Work = { done(): number; stop(): Promise<void> };

/** Calls one after the other, each with the agent's words about it, until stopped. `done`: how many there were. */
export function keepWorking(ledger: Ledger, { threadId, runId }: HeldThread, pauseMs: number): Work {
  let goesOn = true;
  let done = 0;
  const work = (async () => {
    for (; goesOn; done += 1) {
      await ledger.command(threadId, { actor: 'agent', agentId: 'rules' }, [
        proposeCall(runId, done),
        ...carryOutCall(runId, done),
        { type: 'post-message', runId, text: `Line ${done} is **printed**.` },
      ]);
      await setTimeout(pauseMs);
    }
  })();
  return {
    done: () => done,
    stop() {
      goesOn = false;
      return work;
    },
  };
}
