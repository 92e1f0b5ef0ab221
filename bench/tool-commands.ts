import type { Command } from '#lib/core/decide.ts';

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
