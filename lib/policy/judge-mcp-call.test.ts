import { expect, test } from 'vitest';
import type { Rule } from '#lib/core/rule.ts';
import type { ToolCall } from '#lib/core/tool.ts';
import { buildRule } from '#tests/build-rule.ts';
import { type CallToJudge, judgeCall } from './judge-call.ts';

const call: ToolCall = { tool: 'mcp_call', args: { server: 'notes', name: 'write', input: { url: 'https://evil.example/x' } } };
const walls = { level: 'full', network: true } as const;

function judge(mcpReach: CallToJudge['mcpReach'], rules: Rule[] = [], isolation: CallToJudge['isolation'] = walls) {
  return judgeCall({ call, mode: 'assisted', isolation, projectNetworkAllowed: true, rules, costUsd: 0, mcpReach });
}

test('a server in the sandbox without network asks before it runs, and its effect is judged like a command’s', () => {
  expect(judge('tree')).toMatchObject({ decision: 'ask', reach: 'tree', before: true, rule: 'tool.server' });
});

test('a server that can reach outside asks as what reaches outside, and so does one of which nothing is known', () => {
  expect(judge('outside')).toMatchObject({ decision: 'ask', reach: 'outside' });
  expect(judge(undefined)).toMatchObject({ decision: 'ask', reach: 'outside' });
});

test('without walls every server can reach outside', () => {
  expect(judge('tree', [], { level: 'none', network: false })).toMatchObject({ decision: 'ask', reach: 'outside' });
});

test('a server that is not there is denied, whatever is allowed', () => {
  const rules = [buildRule([{ on: 'tool', server: 'notes', tool: '*' }], { effect: 'allow' })];
  expect(judge(null, rules)).toMatchObject({ decision: 'deny' });
});

test('rules about the network hold for what has one', () => {
  const rules = [buildRule([{ on: 'host', host: '*' }])];
  expect(judge('outside', rules)).toMatchObject({ decision: 'deny' });
  expect(judge('tree', [buildRule([{ on: 'tool', server: 'notes', tool: 'write' }], { effect: 'allow' })])).toMatchObject({
    decision: 'allow',
    reach: 'tree',
  });
});
