import type { Person } from '#lib/auth/require-person.ts';
import type { ApprovalDecision, PinnedAction, RememberScope } from '#lib/core/approval.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import { newId } from '#lib/core/new-id.ts';
import type { Rule } from '#lib/core/rule.ts';
import type { ApprovalState } from '#lib/core/state.ts';
import type { ToolCall } from '#lib/core/tool.ts';
import { agentName } from '#lib/core/words/agent-name.ts';
import { actionKey } from '#lib/policy/action-key.ts';
import { readCall } from '#lib/policy/rules/call-facts.ts';
import { hearRules } from '#lib/policy/rules/hear-rules.ts';

const textLimit = 500;
const quotedLimit = 350;

/** Questions about what may run; all others are about something that happens once. */
const remembered: ReadonlySet<ApprovalState['kind']> = new Set(['outside', 'unisolated', 'action']);

export type Remembering = {
  person: Person;
  decision: ApprovalDecision;
  scope: RememberScope;
  place: { workspaceId: string; threadId: string; runId: string };
  /** The agent that asked, by its id. */
  agent: string;
  approval: { kind: ApprovalState['kind']; action: PinnedAction };
  /** Those that hold now. */
  rules: Rule[];
};

/** The rule that a remembered yes becomes: it allows this one exact action of this one agent. Throws `invalid`, or `forbidden` for a member who wants it everywhere. */
export function rememberedRule({ person, decision, scope, place, agent, approval, rules }: Remembering): Rule {
  const { kind, action } = approval;
  if (decision !== 'approve') throw new DomainError('invalid', 'Only a yes can be remembered.');
  if (!remembered.has(kind) || !action.call)
    throw new DomainError('invalid', 'This answer is about something that happens once: there is nothing to remember.');
  if (scope === 'workspace' && person.role !== 'owner')
    throw new DomainError('forbidden', 'Only the owner of the workspace may allow something everywhere. Remember it for this thread.');
  const isolated = kind !== 'unisolated';
  const { deny, ask, doubt } = hearRules(rules, { ...readCall(action.call), network: action.network, isolated, costUsd: 0 });
  if (deny) throw new DomainError('invalid', `The rule “${deny.text}” forbids this. Revoke it first.`, { ruleId: deny.ruleId });
  const asks = ask ?? doubt;
  if (asks) throw new DomainError('invalid', `The rule “${asks.text}” asks every time. Revoke it instead.`, { ruleId: asks.ruleId });
  const { call, cwd, network } = action;
  const serverId = call.tool === 'mcp_call' ? call.args.serverId : undefined;
  return {
    ruleId: newId('rl'),
    scope,
    scopeId: { workspace: place.workspaceId, thread: place.threadId, run: place.runId }[scope],
    effect: 'allow',
    matches: [{ on: 'action', hash: actionKey({ call, cwd, network, isolated }), agent, ...(serverId ? { serverId } : {}) }],
    text: `let ${agentName(agent)} ${nameOf(call)}`.replaceAll('\0', '').slice(0, textLimit),
    source: 'remembered',
    by: person.userId,
    at: new Date().toISOString(),
    until: null,
  };
}

function nameOf(call: ToolCall): string {
  if (call.tool === 'run_command') return `run \`${short(call.args.command)}\``;
  if (call.tool === 'mcp_call') return `use ${call.args.name} of ${call.args.server} with \`${short(JSON.stringify(call.args.input))}\``;
  if (call.tool === 'agent_action') return `do \`${short([call.args.name, ...call.args.paths].join(' '))}\``;
  return `use ${call.tool} with \`${short(JSON.stringify(call.args))}\``;
}

function short(text: string): string {
  return text.length > quotedLimit ? `${text.slice(0, quotedLimit)} …` : text;
}
