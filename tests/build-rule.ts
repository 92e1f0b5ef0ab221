import type { Rule, RuleMatch } from '#lib/core/rule.ts';

/** A rule of a workspace that forbids what `matches` say. */
export function buildRule(matches: RuleMatch[], over: Partial<Rule> = {}): Rule {
  return {
    ruleId: 'rl_test',
    scope: 'workspace',
    scopeId: 'ws_test',
    effect: 'deny',
    matches,
    text: 'test',
    source: 'constraint',
    by: 'us_test',
    at: '2026-01-01T00:00:00.000Z',
    until: null,
    ...over,
  };
}
