import type { RunMode } from '#lib/core/event.ts';
import { isReadingTool, type ToolCall } from '#lib/core/tool.ts';
import type { Verdict } from '#lib/core/verdict.ts';
import { judgeCommand } from './judge-command.ts';
import { pathsOf, staysInTree } from './tree-path.ts';

export type CallToJudge = {
  call: ToolCall;
  mode: RunMode;
  /** What the sandbox keeps apart; a sandbox's `isolation` fits. */
  isolation: { level: 'full' | 'partial' | 'none'; network: boolean };
  projectNetworkAllowed: boolean;
};

/**
 * What may become of a call before it runs. `deny`: it never runs. `ask` + `outside`: the person is asked first. `ask` + `tree`: it runs in
 * its overlay without network and the person is asked whether its effect stays. `allow`: it runs, with network only when `reach` is
 * `outside`, and `judgeEffect` has the last word. The mode `plan` is the run loop's; it changes nothing here.
 */
export function judgeCall({ call, isolation, projectNetworkAllowed }: CallToJudge): Verdict {
  const astray = pathsOf(call).find((path) => !staysInTree(path));
  if (astray !== undefined)
    return { decision: 'deny', reach: 'outside', rule: 'deny.outside-tree', reason: 'It names a path outside the project.' };

  if (call.tool === 'run_command') {
    const verdict = judgeCommand(call.args.command, projectNetworkAllowed);
    const isolated = isolation.level !== 'none' && isolation.network;
    if (verdict.decision === 'deny' || isolated) return verdict;
    const reason = 'This machine cannot keep commands apart, so every command is asked for.';
    return { decision: 'ask', reach: 'outside', rule: 'command.unisolated', reason };
  }
  if (call.tool === 'mcp_call' || (call.tool === 'agent_action' && (call.args.kind === 'fetch' || call.args.kind === 'mcp')))
    return { decision: 'ask', reach: 'outside', rule: 'tool.outside', reason: 'It uses a tool that may reach outside the project.' };
  if (isReadingTool(call.tool)) return { decision: 'allow', reach: 'tree', rule: 'tree.read', reason: 'It only reads the project.' };
  return { decision: 'allow', reach: 'tree', rule: 'tree.edit', reason: 'It stays inside the project and can be taken back.' };
}
