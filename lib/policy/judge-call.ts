import type { RunMode } from '#lib/core/event.ts';
import type { Rule } from '#lib/core/rule.ts';
import { isReadingTool, type ToolCall } from '#lib/core/tool.ts';
import type { Verdict } from '#lib/core/verdict.ts';
import { denyRules } from './denied-commands.ts';
import { judgeAction } from './judge-action.ts';
import { judgeScript } from './judge-command.ts';
import { findNetworkProgram } from './network-commands.ts';
import { type CallFacts, readCall } from './rules/call-facts.ts';
import { type Hearsay, hearRules } from './rules/hear-rules.ts';
import { hostsInScript } from './rules/host-pattern.ts';
import { type FoundScript, readScripts, type Sources } from './scripts/read-scripts.ts';
import { pathsOf, staysInTree } from './tree-path.ts';

export type CallToJudge = {
  call: ToolCall;
  mode: RunMode;
  /** What the sandbox keeps apart; a sandbox's `isolation` fits. */
  isolation: { level: 'full' | 'partial' | 'none'; network: boolean };
  projectNetworkAllowed: boolean;
  /** Those that hold now, of every scope. */
  rules: Rule[];
  /** Who wants it, by the agent's id. */
  agent?: string;
  /** Of the run so far, in US dollars. */
  costUsd: number;
  /** An agent's own home folder as its sandbox shows it. */
  home?: string;
  /** Files that a command may run commands from, as far as the caller has read them: see `wantedSources`. */
  sources?: Sources;
  /** Where the server of an `mcp_call` works; null when there is no such server, `outside` when it is not told. */
  mcpReach?: 'tree' | 'outside' | null;
};

/**
 * What may become of a call before it runs. `deny`: it never runs. `ask` + `outside` or `before`: the person is asked first. `ask` + `tree`: it
 * runs in its overlay without network and the person is asked whether its effect stays. `allow`: it runs, with network only when `reach` is
 * `outside`, and `judgeEffect` and `judgeChanges` have the last word. Among rules deny beats ask beats allow, whatever their scope; what is
 * denied by nature stays denied. The mode `plan` is the run loop's; it changes nothing here.
 */
export function judgeCall(input: CallToJudge): Verdict {
  const facts = readCall(input.call);
  const isolated = input.isolation.level !== 'none' && input.isolation.network;
  const nature = judgeNature(input, facts, isolated);
  if (nature.decision === 'deny') return nature;
  const scripts = input.sources ? foundScripts(input.call, facts, input.sources).scripts : [];
  for (const { path, view } of scripts) {
    const denied = denyRules.find((rule) => rule.denies(view));
    if (denied) return { decision: 'deny', reach: 'outside', rule: denied.id, reason: `${denied.reason} That stands in ${path}.` };
  }
  if (input.rules.length === 0) return nature;

  const outside = nature.reach === 'outside';
  const how = { agent: input.agent, isolated, costUsd: input.costUsd };
  const { deny, ask, doubt, allow } = hearRules(input.rules, { ...facts, ...how, network: outside });
  if (deny) return { decision: 'deny', reach: nature.reach, rule: deny.ruleId, reason: `The rule “${deny.text}” forbids this.` };
  const inScripts = hearInScripts(scripts, input.rules, { ...facts, ...how, network: outside || !isolated });
  if (inScripts?.effect === 'deny') {
    const reason = `The rule “${inScripts.rule.text}” forbids what stands in ${inScripts.path}.`;
    return { decision: 'deny', reach: nature.reach, rule: inScripts.rule.ruleId, reason };
  }
  if (ask) return { ...asking(input.call, nature, ask, ask.inPaths), reason: `The rule “${ask.text}” wants you asked.` };
  if (inScripts) {
    const reason = `The rule “${inScripts.rule.text}” wants you asked about what stands in ${inScripts.path}.`;
    return { ...asking(input.call, nature, inScripts.rule, false), reason };
  }
  if (doubt && (nature.decision !== 'ask' || !outside))
    return {
      ...asking(input.call, nature, doubt, true),
      reason: `Whether this keeps to the rule “${doubt.text}” is only known when it runs.`,
    };
  if (allow && !doubt && nature.decision === 'ask')
    return { decision: 'allow', reach: nature.reach, rule: allow.ruleId, reason: `The rule “${allow.text}” allows it.` };
  return nature;
}

/** Files of the tree that a call would run commands from, and that `sources` says nothing of yet. Read them, and ask again. */
export function wantedSources(call: ToolCall, sources: Sources): string[] {
  return foundScripts(call, readCall(call), sources).wanted;
}

function foundScripts(call: ToolCall, { script }: CallFacts, sources: Sources): ReturnType<typeof readScripts> {
  return script && call.tool === 'run_command' ? readScripts(script, call.args.cwd, sources) : { scripts: [], wanted: [] };
}

/**
 * The first rule that surely speaks of what the project's own files run: what is in doubt there is the sandbox's to hold. So is the network where the
 * call has none: a script may look outside once its work is done. Nothing in a file allows anything.
 */
function hearInScripts(scripts: FoundScript[], rules: Rule[], { network, ...facts }: Hearsay) {
  const heard = scripts.map(({ path, view }) => {
    const reach = network ? { hosts: hostsInScript(view), network: findNetworkProgram(view) !== null } : { hosts: [], network };
    return { path, ...hearRules(rules, { ...facts, ...reach, script: view, changes: [] }) };
  });
  const denied = heard.find(({ deny }) => deny);
  if (denied?.deny) return { effect: 'deny' as const, path: denied.path, rule: denied.deny };
  const asked = heard.find(({ ask }) => ask);
  return asked?.ask ? { effect: 'ask' as const, path: asked.path, rule: asked.ask } : null;
}

/** What the effect will tell is settled by the effect, where there is one; anything else is asked about before the call runs. */
function asking(call: ToolCall, nature: Verdict, { ruleId }: Rule, byEffect: boolean): Omit<Verdict, 'reason'> {
  const first = nature.before || (nature.reach === 'tree' && (!byEffect || call.tool === 'revert_checkpoint'));
  return { decision: 'ask', reach: nature.reach, rule: ruleId, ...(first ? { before: true } : {}) };
}

function judgeNature({ call, projectNetworkAllowed, home, mcpReach }: CallToJudge, { script }: CallFacts, isolated: boolean): Verdict {
  if (call.tool === 'agent_action') return judgeAction(call.args, { isolated, home });
  if (call.tool === 'mcp_call') return judgeMcpCall(isolated ? mcpReach : mcpReach && 'outside');
  const astray = pathsOf(call).find((path) => !staysInTree(path));
  if (astray !== undefined)
    return { decision: 'deny', reach: 'outside', rule: 'deny.outside-tree', reason: 'It names a path outside the project.' };

  if (script) {
    const verdict = judgeScript(script, projectNetworkAllowed);
    if (verdict.decision === 'deny' || isolated) return verdict;
    const reason = 'This machine cannot keep commands apart, so every command is asked for.';
    return { decision: 'ask', reach: 'outside', rule: 'command.unisolated', reason };
  }
  if (isReadingTool(call.tool)) return { decision: 'allow', reach: 'tree', rule: 'tree.read', reason: 'It only reads the project.' };
  return { decision: 'allow', reach: 'tree', rule: 'tree.edit', reason: 'It stays inside the project and can be taken back.' };
}

/** A server in the sandbox without network can do no more than a command could, but what it does by a name only it knows. */
function judgeMcpCall(reach: CallToJudge['mcpReach'] = 'outside'): Verdict {
  if (reach === null)
    return { decision: 'deny', reach: 'outside', rule: 'deny.unknown-server', reason: 'The MCP server that this is for was taken away.' };
  if (reach === 'outside')
    return { decision: 'ask', reach, rule: 'tool.outside', reason: 'It uses a tool that may reach outside the project.' };
  return {
    decision: 'ask',
    reach,
    before: true,
    rule: 'tool.server',
    reason: 'It uses a tool of a server in the sandbox, without network.',
  };
}
