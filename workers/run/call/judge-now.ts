import type { Rule } from '#lib/core/rule.ts';
import type { ToolCall } from '#lib/core/tool.ts';
import type { Verdict } from '#lib/core/verdict.ts';
import { mcpReachOf } from '#lib/mcp/mcp-server.ts';
import { usableMcpServer } from '#lib/mcp/usable-mcp-servers.ts';
import { judgeCall } from '#lib/policy/judge-call.ts';
import { judgeNetwork } from '#lib/policy/judge-network.ts';
import { getProjectRow } from '#lib/projects/get-project.ts';
import { rulesInForce } from '#lib/rules/rules-in-force.ts';
import type { RunContext, RunSnapshot } from '#workers/run/run-context.ts';
import type { NetworkAccess } from '#workers/sandbox/sandbox.ts';
import { readSources } from './read-sources.ts';

/** The verdict on a call, and the rules it was made by. */
export type Ruling = { verdict: Verdict; rules: Rule[] };

/** What the policy says of a call at this moment. `home`: the agent's own folder, as its sandbox shows it. */
export async function judgeNow(context: RunContext, { state, run }: RunSnapshot, call: ToolCall, home?: string): Promise<Ruling> {
  const [project, rules, server, sources] = await Promise.all([
    getProjectRow(context.database, state.projectId),
    rulesInForce(context.database, { ...state, runId: run.runId }),
    call.tool === 'mcp_call' ? usableMcpServer(context.database, state.projectId, call.args) : null,
    readSources(context, run, call),
  ]);
  const { isolation } = context.sandbox;
  const { networkAllowed } = project;
  const verdict = judgeCall({
    call,
    mode: run.mode,
    isolation,
    projectNetworkAllowed: networkAllowed,
    rules,
    agent: run.agent,
    costUsd: run.cost.costUsd,
    home,
    sources,
    mcpReach: server && mcpReachOf(server),
  });
  return { verdict, rules };
}

/** The network that a call gets which may reach outside. `asked`: a person said yes to this very call. */
export function networkOf({ verdict, rules }: Ruling, asked: boolean): NetworkAccess {
  const hosts = judgeNetwork({ rules, verdict, asked });
  return hosts.length === 0 ? { mode: 'deny' } : { mode: 'allow', hosts };
}
