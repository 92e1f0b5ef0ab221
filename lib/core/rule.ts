import { z } from 'zod';

export const ruleScopes = ['workspace', 'project', 'thread', 'run'] as const;
export type RuleScope = (typeof ruleScopes)[number];
export const ruleEffects = ['allow', 'ask', 'deny'] as const;

const Except = z.array(z.string().min(1).max(1000)).max(50).optional().describe('what is left out of it');

/** One thing that a rule looks at. Globs and hosts are the policy's to read: see lib/policy. */
export const RuleMatch = z.discriminatedUnion('on', [
  z.object({
    on: z.literal('path'),
    glob: z.string().min(1).max(1000),
    act: z.enum(['write', 'delete']).describe('write: any change'),
    except: Except,
  }),
  z.object({
    on: z.literal('command'),
    words: z.array(z.string()).min(1).max(50).describe("what the parsed command begins with, options aside; '*' is any word"),
  }),
  z.object({
    on: z.literal('action'),
    hash: z.string().describe('one exact call, as `actionKey` of lib/policy gives it'),
    agent: z.string().max(100).optional().describe('the only agent that it counts for'),
    serverId: z.string().max(100).optional().describe('the MCP server whose tool it is: it ends with that'),
  }),
  z.object({
    on: z.literal('host'),
    host: z.string().min(1).max(253).describe("a name, '*.example.org', or '*' for the whole network"),
    except: Except,
  }),
  z.object({ on: z.literal('tool'), tool: z.string().min(1).max(100), server: z.string().max(100).optional() }),
  z.object({ on: z.literal('cost'), aboveUsd: z.number().nonnegative().describe('of the run so far') }),
]);
export type RuleMatch = z.infer<typeof RuleMatch>;

/** What a person set: it holds for everything in its scope, until it is revoked or over. It speaks when any of `matches` does. */
export const Rule = z.object({
  ruleId: z.string(),
  scope: z.enum(ruleScopes),
  /** Id of the workspace, project, thread or run. */
  scopeId: z.string(),
  effect: z.enum(ruleEffects),
  matches: z.array(RuleMatch).min(1).max(100),
  /** The person's own words, or what a remembered answer allows. */
  text: z.string().min(1).max(500),
  source: z.enum(['constraint', 'remembered']),
  by: z.string().describe('user id'),
  at: z.iso.datetime(),
  until: z.iso.datetime().nullable(),
});
export type Rule = z.infer<typeof Rule>;
