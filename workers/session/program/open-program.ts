import type { AgentProgram } from '#lib/agents/agent-program.ts';
import { namedModel } from '#lib/agents/expected-model.ts';
import type { RunState } from '#lib/core/state.ts';
import { bridgeOf } from '#workers/mcp/bridge/agent-bridge.ts';
import { type RunContext, record } from '#workers/run/run-context.ts';
import { gatewayPort, type Session } from '#workers/sandbox/sandbox.ts';
import { inside } from '../sitting.ts';
import { skillMounts } from '../skills.ts';
import { installProgram } from './install-program.ts';
import { writeHome } from './write-home.ts';

/** Rows enough for what a program prints at once to be read from its screen. */
const terminalSize = { columns: 100, rows: 50 };

export type OpenedProgram = { session: Session; version: string };

/** Takes up the run's program where it still runs, else starts it, installing it first where this machine has never had it. */
export async function openProgram(
  context: RunContext,
  { run, program, sessionId }: { run: RunState; program: AgentProgram; sessionId: string },
): Promise<OpenedProgram> {
  const { home, gateway, sandbox, models, threadId, runId, signal, agent } = context;
  const { id, name, providers } = agent.description;
  const { folder, version } = await installProgram(context, id, program, {
    signal,
    onWait: async () => {
      const text = `Installing ${name}, about ${program.megabytes} MB. This happens once on a machine.`;
      await record(context, 'choir', [{ type: 'post-message', runId, text }]);
    },
  });
  const skills = program.protocol.kind === 'acp' ? await skillMounts(context) : [];
  const bridge = await bridgeOf(context, await context.ledger.load(threadId));
  const launch = program.launch({
    ...inside,
    goal: run.goal,
    gatewayUrl: (provider) => `http://127.0.0.1:${gatewayPort}/${provider}`,
    token: gateway.tokenFor({ threadId, runId }),
    providers: providers.filter((provider) => gateway.providers.includes(provider)),
    model: namedModel(agent.description, models, run.model),
    bridge: bridge.place,
  });
  const agentHome = home.agentHome(threadId, id);
  await writeHome(agentHome, launch.files);
  const session = await sandbox.openSession({
    threadId,
    id: sessionId,
    signal,
    program: {
      argv: launch.argv,
      env: launch.env,
      home: agentHome,
      mounts: [...(folder ? [{ outside: folder, inside: inside.packages }] : []), ...bridge.mounts, ...skills],
      gateway: providers.length > 0 ? gateway.folder : null,
      ...(program.protocol.kind === 'screen' ? { terminal: terminalSize } : {}),
      limits: { memoryBytes: program.memoryBytes },
    },
  });
  return { session, version };
}
