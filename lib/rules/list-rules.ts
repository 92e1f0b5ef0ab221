import { and, desc, eq, inArray, or, sql } from 'drizzle-orm';
import { requirePerson } from '#lib/auth/require-person.ts';
import type { Context } from '#lib/context.ts';
import type { Rule } from '#lib/core/rule.ts';
import { projects, rules, runs, threads, users } from '#lib/db/schema.ts';
import { describeRule } from '#lib/policy/constraint/describe-rule.ts';
import { getProject } from '#lib/projects/get-project.ts';
import { requireThread } from '#lib/threads/require-thread.ts';
import { inForce, toRule } from './rules-in-force.ts';

/** A rule as its people see it. `where` says it in words: "in the thread …"; `spoken`: how often it stopped a call, asked about one or kept a change out. */
export type ListedRule = Rule & { sentence: string; where: string; byName: string; spoken: number };

const listed = 500;

/** Rules that hold now, the newest 500 of them, oldest first: for one thread or project with all above it, else all of the workspace. Throws `not-found`. */
export async function listRules(context: Context, scope: { projectId?: string; threadId?: string } = {}): Promise<ListedRule[]> {
  const { workspaceId } = requirePerson(context.actor);
  const rows = await context.database.db
    .select({ rule: rules, byName: users.name, project: projects.name, thread: threads.title })
    .from(rules)
    .leftJoin(users, eq(users.id, rules.createdBy))
    .leftJoin(runs, and(eq(rules.scope, 'run'), eq(runs.id, rules.scopeId)))
    .leftJoin(projects, and(eq(rules.scope, 'project'), eq(projects.id, rules.scopeId)))
    .leftJoin(threads, eq(threads.id, sql`case ${rules.scope} when 'thread' then ${rules.scopeId} when 'run' then ${runs.threadId} end`))
    .where(and(eq(rules.workspaceId, workspaceId), inForce(), await within(context, workspaceId, scope)))
    .orderBy(desc(rules.createdAt), desc(rules.id))
    .limit(listed);
  return rows.reverse().map(({ rule, byName, project, thread }) => {
    const places = { workspace: 'everywhere', project: `in the project “${project}”`, thread: `in the thread “${thread}”` };
    const where = rule.scope === 'run' ? `in one run of the thread “${thread}”` : places[rule.scope];
    return { ...toRule(rule), sentence: sentenceOf(toRule(rule)), where, byName: byName ?? 'somebody', spoken: rule.spoken };
  });
}

function sentenceOf(rule: Rule): string {
  return rule.source === 'remembered' ? `${rule.text.replace(/^l/, 'L')}, exactly so, without asking.` : describeRule(rule);
}

async function within(context: Context, workspaceId: string, { projectId, threadId }: { projectId?: string; threadId?: string }) {
  if (threadId) {
    const { state } = await requireThread(context, threadId);
    return or(inArray(rules.scopeId, [workspaceId, state.projectId, threadId]), eq(runs.threadId, threadId));
  }
  return projectId ? inArray(rules.scopeId, [workspaceId, (await getProject(context, { projectId })).id]) : undefined;
}
