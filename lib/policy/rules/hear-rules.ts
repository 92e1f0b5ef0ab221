import type { Rule, RuleMatch } from '#lib/core/rule.ts';
import { actionKey } from '../action-key.ts';
import type { CallFacts } from './call-facts.ts';
import { type Hearing, scriptBeginsWith, scriptIsOnly } from './command-pattern.ts';
import { coversHost, hostSpeaks } from './host-pattern.ts';
import { pathPattern } from './path-pattern.ts';
import { startsUnread } from './starts-unread.ts';

/** What a call is about, and how it would run. */
export type Hearsay = CallFacts & { agent?: string; network: boolean; isolated: boolean; costUsd: number };

/** What rules say of a call. `doubt`: a rule that forbids or asks could speak, which only running it would tell. `inPaths`: it speaks of nothing but paths. */
export type Heard = { deny?: Rule; ask?: Rule & { inPaths: boolean }; doubt?: Rule; allow?: Rule };

/** What forbids or asks is read widely, what allows narrowly. */
export function hearRules(rules: Rule[], hearsay: Hearsay): Heard {
  const heard: Heard = {};
  for (const rule of rules) {
    if (rule.effect === 'allow') {
      if (allows(rule, rules, hearsay)) heard.allow ??= rule;
      continue;
    }
    const spoken = rule.matches.map((match) => ({ on: match.on, hearing: speaks(match, hearsay) }));
    const sure = spoken.filter(({ hearing }) => hearing === 'yes');
    if (sure.length === 0) {
      if (spoken.some(({ hearing }) => hearing === 'maybe')) heard.doubt ??= rule;
    } else if (rule.effect === 'deny') heard.deny ??= rule;
    else if (!heard.ask || heard.ask.inPaths) heard.ask = { ...rule, inPaths: sure.every(({ on }) => on === 'path') };
  }
  return heard;
}

function speaks(match: RuleMatch, hearsay: Hearsay): Hearing {
  const { call, script, hosts, changes, network, costUsd } = hearsay;
  switch (match.on) {
    case 'path': {
      if (call.tool === 'revert_checkpoint') return 'maybe';
      const spoken = changes.filter(({ act }) => match.act === 'write' || act === 'delete');
      return yes(spoken.length > 0 && spoken.map(({ path }) => path).some(pathPattern(match)));
    }
    case 'command': {
      if (!script) return 'no';
      const heard = scriptBeginsWith(script, match.words);
      return heard === 'no' && network && startsUnread(script) ? 'maybe' : heard;
    }
    case 'action':
      return yes(isAction(match, hearsay));
    case 'host': {
      if (hosts.some((host) => hostSpeaks(match, host))) return 'yes';
      if (!network) return 'no';
      if (match.host === '*' && !match.except?.length) return 'yes';
      return script ? 'no' : 'maybe';
    }
    case 'tool':
      return yes(toolNames(hearsay).has(match.tool.toLowerCase()) && (!match.server || isServer(hearsay, match.server)));
    case 'cost':
      return yes(costUsd >= match.aboveUsd);
  }
}

/** By the exact action, or by what the person set: a tool, all commands of a script, all hosts that it names. */
function allows(rule: Rule, rules: Rule[], hearsay: Hearsay): boolean {
  const { call, script, hosts } = hearsay;
  if (rule.matches.some((match) => match.on === 'action' && isAction(match, hearsay))) return true;
  if (!hearsay.isolated) return false;
  const others = rules.filter(({ effect }) => effect === 'allow').flatMap(({ matches }) => matches);
  const commands = others.flatMap((match) => (match.on === 'command' ? [match.words] : []));
  return rule.matches.some((match) => {
    if (match.on === 'command') return script !== null && scriptBeginsWith(script, match.words) === 'yes' && scriptIsOnly(script, commands);
    if (match.on === 'host') return script !== null && script.opaque.length === 0 && reachesOnly(hosts, match.host);
    if (match.on !== 'tool') return false;
    if (call.tool === 'mcp_call') return match.server === call.args.server && (match.tool === '*' || match.tool === call.args.name);
    return !match.server && call.tool !== 'agent_action' && call.tool !== 'run_command' && match.tool === call.tool;
  });
}

/** Hosts that are not named can be any. */
function reachesOnly(hosts: string[], allowed: string): boolean {
  return allowed === '*' || (hosts.length > 0 && hosts.every((host) => coversHost(allowed, host)));
}

function isAction({ hash, agent }: Extract<RuleMatch, { on: 'action' }>, { call, network, isolated, ...hearsay }: Hearsay): boolean {
  if (agent !== undefined && agent !== hearsay.agent) return false;
  return hash === actionKey({ call, cwd: call.tool === 'run_command' ? call.args.cwd : '.', network, isolated });
}

/** Every name a person may call the tool by, those in `mcp__docs__search` too; an agent chooses some of them, so they count only for what forbids. */
function toolNames({ call }: Hearsay): Set<string> {
  const names = ['*', call.tool];
  if (call.tool === 'mcp_call') names.push('mcp', call.args.name, call.args.server);
  if (call.tool === 'agent_action') names.push(call.args.kind, call.args.name, ...call.args.name.split(/__|[.:/]/));
  return new Set(names.map((name) => name.toLowerCase()));
}

function isServer({ call }: Hearsay, server: string): boolean {
  const wanted = server.toLowerCase();
  if (call.tool === 'mcp_call') return call.args.server.toLowerCase() === wanted;
  return call.tool === 'agent_action' && call.args.name.toLowerCase().includes(wanted);
}

function yes(spoken: boolean): Hearing {
  return spoken ? 'yes' : 'no';
}
