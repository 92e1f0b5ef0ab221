import { and, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { requireOwner } from '#lib/auth/require-owner.ts';
import { authorOf, type Person, requirePerson } from '#lib/auth/require-person.ts';
import { publishRulesChanged } from '#lib/bus/changed-rules.ts';
import type { Context } from '#lib/context.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import { newId } from '#lib/core/new-id.ts';
import { type Rule, ruleScopes } from '#lib/core/rule.ts';
import { rules } from '#lib/db/schema.ts';
import { type ProposedRule, readConstraint } from '#lib/policy/read-constraint.ts';
import { accepted } from '#lib/threads/accepted.ts';
import { findRulePlace, type RulePlace } from './find-rule-place.ts';
import { holdRules } from './hold-rules.ts';
import { inForce } from './rules-in-force.ts';

export const AddRules = z.object({
  text: z
    .string()
    .trim()
    .min(1, 'Say what should hold.')
    .max(2_000)
    .refine((text) => !text.includes('\0') && text.isWellFormed(), 'This is not plain text.')
    .describe('a constraint in plain words, such as "no new dependencies and never touch migrations/"'),
  scope: z.enum(ruleScopes),
  scopeId: z.string().max(200).optional().describe('id of the project, thread or run'),
  timeZone: z.string().max(60).refine(isTimeZone, 'There is no such time zone.').default('UTC').describe('gives meaning to "until Friday"'),
  dryRun: z.boolean().default(false).describe('say what would hold, and change nothing'),
});
export type AddRules = z.input<typeof AddRules>;

/** `rules` hold now, or would: `sentence` says what they mean. `ruleId` is there once they hold. */
export type AddedRules = { rules: (ProposedRule & { ruleId?: string })[]; notUnderstood: string[] };

/**
 * Makes rules of a constraint in plain words. All of it is understood, or nothing holds; what holds there already is not set again. Anybody may forbid
 * and want to be asked; only the owner may allow. Throws `invalid` (with `notUnderstood`), `forbidden` or `not-found`.
 */
export async function addRules(context: Context, input: AddRules): Promise<AddedRules> {
  const person = requirePerson(context.actor);
  const { text, scope, scopeId, timeZone, dryRun } = AddRules.parse(input);
  const place = await findRulePlace(context, scope, scopeId);
  const now = new Date();
  const reading = readConstraint(text, { now, timeZone });
  if (reading.rules.some(({ effect }) => effect === 'allow'))
    requireOwner(context.actor, 'Only the owner of the workspace may allow something for good.');
  if (dryRun) return reading;
  const [unclear] = reading.notUnderstood;
  if (unclear !== undefined || reading.rules.length === 0) {
    const message = `Not understood: “${reading.notUnderstood.join('”, “').slice(0, 300) || text.slice(0, 300)}”. Nothing was set.`;
    throw new DomainError('invalid', message, { notUnderstood: reading.notUnderstood });
  }
  return holdRules(context.database, place.scopeId, async () => {
    const known = await Promise.all(reading.rules.map((proposed) => findSame(context, person, place, proposed)));
    const said = reading.rules.map((proposed, index) => ({ ...proposed, ruleId: known[index] ?? newId('rl') }));
    // A millisecond apart, so that they are listed in the order they were said.
    const held = said.map(({ sentence: _, ...rule }, index): Rule => {
      const at = new Date(now.getTime() + index).toISOString();
      return { ...rule, scope, scopeId: place.scopeId, source: 'constraint', by: person.userId, at };
    });
    const made = held.filter((_, index) => known[index] === undefined);
    if (made.length > 0) {
      await store(context, person, place, made);
      publishRulesChanged(context.bus, person.workspaceId);
    }
    return { rules: said, notUnderstood: [] };
  });
}

/** The id of a rule that says the same in the same place, and holds. */
async function findSame({ database }: Context, { workspaceId }: Person, { scopeId }: RulePlace, { effect, matches, until }: ProposedRule) {
  const says = and(eq(rules.effect, effect), eq(rules.matches, matches), until ? eq(rules.until, new Date(until)) : isNull(rules.until));
  const here = and(eq(rules.workspaceId, workspaceId), eq(rules.scopeId, scopeId), inForce(), says);
  const [row] = await database.db.select({ id: rules.id }).from(rules).where(here).limit(1);
  return row?.id;
}

async function store(context: Context, person: Person, { threadId }: RulePlace, made: Rule[]): Promise<void> {
  if (threadId) {
    const commands = made.map((rule) => ({ type: 'add-rule' as const, rule }));
    accepted(await context.ledger.command(threadId, authorOf(person), commands));
    return;
  }
  await context.database.db.insert(rules).values(
    made.map(({ ruleId, by, at, until, ...rule }) => {
      return {
        ...rule,
        id: ruleId,
        workspaceId: person.workspaceId,
        createdBy: by,
        createdAt: new Date(at),
        until: until ? new Date(until) : null,
      };
    }),
  );
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== null;
  } catch {
    return false;
  }
}
