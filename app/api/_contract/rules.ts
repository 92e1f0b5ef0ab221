import { z } from 'zod';
import { Rule } from '#lib/core/rule.ts';
import { AddRules } from '#lib/rules/add-rules.ts';
import { operation } from './operation.ts';

const sentence = z.string().describe('what will hold, in plain words');

export const ListedRule = Rule.extend({
  sentence,
  where: z.string().describe('the name of what it holds for'),
  byName: z.string(),
  spoken: z.number().int().describe('how often it stopped a call, asked about one, or kept a change out'),
});

export const listRulesOperation = operation({
  method: 'GET',
  path: '/api/rules',
  summary: 'Rules that hold now',
  description: 'With `threadId` or `projectId`: those of it and of all above it. Else all of the workspace.',
  query: z.object({ projectId: z.string().optional(), threadId: z.string().optional() }),
  status: 200,
  reply: z.object({ rules: z.array(ListedRule) }),
});

export const addRulesOperation = operation({
  method: 'POST',
  path: '/api/rules',
  summary: 'Make rules of a constraint in plain words',
  description:
    'With `dryRun` nothing is set: the answer says what would hold, and what of the text is not understood. Without it all must be understood. Anybody may forbid and want to be asked; only the owner may allow.',
  body: AddRules,
  status: 200,
  reply: z.object({
    rules: z.array(Rule.pick({ effect: true, matches: true, text: true, until: true }).extend({ sentence, ruleId: z.string().optional() })),
    notUnderstood: z.array(z.string()),
  }),
});

export const revokeRuleOperation = operation({
  method: 'DELETE',
  path: '/api/rules/{ruleId}',
  summary: 'Revoke a rule',
  description: 'A member revokes those of their own, the owner any.',
  params: z.object({ ruleId: z.string() }),
  status: 204,
});
