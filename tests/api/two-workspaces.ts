import { authenticate } from '#lib/auth/authenticate.ts';
import { createToken } from '#lib/auth/create-token.ts';
import type { Person } from '#lib/auth/require-person.ts';
import { revokeCredential } from '#lib/auth/revoke-credential.ts';
import type { PinnedAction } from '#lib/core/approval.ts';
import { newId } from '#lib/core/new-id.ts';
import { addMcpServer } from '#lib/mcp/add-mcp-server.ts';
import { inviteMember } from '#lib/members/invite-member.ts';
import { removeMember } from '#lib/members/remove-member.ts';
import { createProject } from '#lib/projects/create-project.ts';
import { addRules } from '#lib/rules/add-rules.ts';
import type { WebServices } from '#lib/services.ts';
import { createThread } from '#lib/threads/create-thread.ts';
import { deleteThread } from '#lib/threads/delete-thread.ts';
import { signedIn } from '#tests/web-services.ts';

/** Values for parameters and properties of requests, by their names. */
export type Known = Record<string, string>;

/** Stands in everything that the other workspace calls anything: it must never be read from outside of it. */
export const marker = 'Foreign-7f3a';

/** An owner with one of everything, a stranger's workspace with the same, and those who may not come in any more. */
export async function twoWorkspaces(services: WebServices) {
  const owner = await signedIn(services);
  // What was used once is noted with it, and not again for a while.
  await authenticate(services, new Headers({ authorization: `Bearer ${owner.token}` }));
  const { sql } = services.database;
  const stranger: Person = { ...owner.actor, userId: newId('us'), workspaceId: newId('ws'), credentialId: newId('de') };
  await sql`insert into workspaces (id, name) values (${stranger.workspaceId}, ${marker})`;
  await sql`insert into users (id, workspace_id, name, role) values (${stranger.userId}, ${stranger.workspaceId}, ${marker}, 'owner')`;
  const known = await oneOfEach(services, owner.actor, 'Ours');
  const foreign = await oneOfEach(services, stranger, marker);

  const { threadId: deleted } = await createThread({ ...services, actor: owner.actor }, { goal: 'Gone' });
  await deleteThread({ ...services, actor: owner.actor }, { threadId: deleted });
  const tokenOf = async (actor: Person) => createToken({ ...services, actor }, { name: 'Test' });
  const revoked = await tokenOf(owner.actor);
  await revokeCredential({ ...services, actor: owner.actor }, { credentialId: revoked.credential.id });
  const member: Person = {
    ...owner.actor,
    role: 'member',
    userId: (await inviteMember({ ...services, actor: owner.actor }, { name: 'Ben' })).userId,
  };
  const removed = await tokenOf(member);
  await removeMember({ ...services, actor: owner.actor }, { userId: member.userId });

  return {
    owner,
    known,
    foreign,
    /** One of everything again, of the owner's, to be used up. */
    another: (name: string) => oneOfEach(services, owner.actor, name),
    deletedThreadId: deleted,
    revokedToken: revoked.token,
    removedToken: removed.token,
    /** A token of the owner for one request, which may use it up. */
    freshToken: async () => (await tokenOf(owner.actor)).token,
    /** All that the database holds, row by row. */
    async contents(): Promise<Record<string, string[]>> {
      const tables = await sql<{ name: string }[]>`select table_name as name from information_schema.tables where table_schema = 'public'`;
      const read = async ({ name }: { name: string }) => {
        const rows = await sql<{ row: string }[]>`select t::text as row from ${sql(name)} t order by 1`;
        return [name, rows.map(({ row }) => row)] as const;
      };
      return Object.fromEntries(await Promise.all(tables.map(read)));
    },
  };
}

async function oneOfEach(services: WebServices, actor: Person, name: string): Promise<Known> {
  const context = { ...services, actor };
  const { sql } = services.database;
  const { id: projectId } = await createProject(context, { name: `${name} project` });
  const { threadId, runId } = await createThread(context, { goal: `${name} goal`, projectId });
  const approvalId = newId('ap');
  const checkpointId = (await services.ledger.load(threadId)).currentCheckpointId ?? '';
  const action: PinnedAction = { cwd: '.', network: true, baseCheckpointId: checkpointId, hash: name };
  await services.ledger.command(threadId, { actor: 'choir' }, [
    { type: 'take-run', runId, workerId: 'wk_test', reason: 'recovered' },
    { type: 'request-approval', runId, approvalId, kind: 'outside', action, reason: name },
  ]);
  await addMcpServer(context, { projectId, name: 'git', from: { kind: 'ready', entry: 'git' } });
  const { rules } = await addRules(context, { text: `never touch ${name}/`, scope: 'project', scopeId: projectId });
  const { credential } = await createToken(context, { name });
  const telegramId = Math.floor(Math.random() * 1e9);
  await sql`insert into telegram_accounts (telegram_id, user_id, name) values (${telegramId}, ${actor.userId}, ${name})`;
  const { userId } = await inviteMember(context, { name: `${name} member` });
  return {
    ...{ projectId, threadId, runId, approvalId, checkpointId, userId, credentialId: credential.id, ruleId: rules[0]?.ruleId ?? '' },
    ...{ name: 'git', telegramId: String(telegramId), scopeId: threadId, scope: 'thread', run: runId, baseCheckpointId: checkpointId },
  };
}
