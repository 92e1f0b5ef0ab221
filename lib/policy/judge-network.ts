import type { Rule } from '#lib/core/rule.ts';
import type { Verdict } from '#lib/core/verdict.ts';
import { coversHost, type HostMatch } from './rules/host-pattern.ts';

/**
 * Hosts that a call may reach once it may reach any, as a sandbox's `hosts`: `*` is any, `!name` takes one out again. Empty: none at all.
 * A host that a rule asks about is out unless the person was asked about this very call.
 */
export function judgeNetwork({ rules, verdict, asked }: { rules: Rule[]; verdict: Verdict; asked: boolean }): string[] {
  const barring = rules.filter(({ effect }) => effect === 'deny' || (effect === 'ask' && !asked));
  const barred = barring.flatMap(hostsOf);
  const allowing = rules.find(({ ruleId, effect }) => effect === 'allow' && ruleId === verdict.rule);
  const allowed = allowing ? hostsOf(allowing).map(({ host }) => host) : [];
  let hosts = allowed.length > 0 ? allowed : ['*'];
  for (const { except = [] } of barred.filter(({ host }) => host === '*')) hosts = inBoth(hosts, except);
  const names = barred.filter(({ host }) => host !== '*').map(({ host }) => host);
  hosts = hosts.filter((host) => !names.some((name) => coversHost(name, host)));
  return hosts.length === 0 ? [] : [...hosts, ...names.map((name) => `!${name}`)];
}

function hostsOf({ matches }: Rule): HostMatch[] {
  return matches.filter((match) => match.on === 'host');
}

function inBoth(left: string[], right: string[]): string[] {
  const covered = (hosts: string[], by: string[]) => hosts.filter((host) => by.some((pattern) => coversHost(pattern, host)));
  return [...new Set([...covered(left, right), ...covered(right, left)])];
}
