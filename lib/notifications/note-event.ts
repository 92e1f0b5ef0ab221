import type { LedgerEvent } from '#lib/core/event.ts';
import { newId } from '#lib/core/new-id.ts';
import type { NotificationKind } from '#lib/core/notification.ts';
import type { ApprovalState } from '#lib/core/state.ts';
import type { Database } from '#lib/db/connect-database.ts';

const questionKinds: Partial<Record<ApprovalState['kind'], NotificationKind>> = {
  budget: 'limit',
  prompt: 'question',
  plan: 'question',
  recovery: 'question',
};

/** As much of an event as says who is to be told what. */
export type Telling = Pick<LedgerEvent, 'id' | 'at' | 'threadId' | 'runId'> & { kind: NotificationKind; approvalId: string | null };

/** What a person is told of an event, or null for most. */
export function tellingOf(event: LedgerEvent): Telling | null {
  const { id, at, threadId, runId, type } = event;
  const told = { id, at, threadId, runId };
  if (type === 'run.completed' || type === 'run.failed')
    return { ...told, kind: type === 'run.failed' ? 'failed' : 'done', approvalId: null };
  return type === 'approval.requested' ? { ...told, kind: kindOf(event.data.kind), approvalId: event.data.approvalId } : null;
}

function kindOf(kind: ApprovalState['kind']): NotificationKind {
  return questionKinds[kind] ?? 'approval';
}

/**
 * Writes down what is to be told, once for each event and person however often it is noted: to whoever gave the goal and to who asked to hear of the
 * thread, as far as they had a device that takes pushes by then. A goal that nobody here gave is everybody's. Says whether anybody is to be told.
 */
export async function noteTelling({ sql }: Database, { id, at, threadId, runId, kind, approvalId }: Telling): Promise<boolean> {
  const people = await sql<{ userId: string }[]>`
    with given as (
      select user_id from events where thread_id = ${threadId} and type = 'goal.given' and run_id = ${runId ?? ''} and user_id is not null)
    select distinct c.user_id as "userId"
    from push_subscriptions s
    join credentials c on c.id = s.credential_id and c.revoked_at is null
    join users u on u.id = c.user_id
    join threads t on t.workspace_id = u.workspace_id and t.id = ${threadId}
    where s.created_at <= ${at}::timestamptz + interval '1 s'
      and (u.id in (select user_id from given) or not exists (select 1 from given)
        or exists (select 1 from notification_choices n where n.user_id = u.id and n.thread_id = t.id and n.choice <> 'none'))`;
  if (people.length === 0) return false;
  const rows = people.map(({ userId }) => ({
    id: newId('no'),
    user_id: userId,
    event_id: id,
    kind,
    thread_id: threadId,
    run_id: runId ?? null,
    approval_id: approvalId,
    at,
    due_at: at,
  }));
  const noted = await sql`insert into notifications ${sql(rows)} on conflict (event_id, user_id) do nothing returning id`;
  return noted.length > 0;
}

/** Open questions that no notification speaks of though a device was there to hear: their events never came. */
export async function missedQuestions({ sql }: Database): Promise<Telling[]> {
  const rows = await sql<{ id: string; at: Date; threadId: string; runId: string; approvalId: string; kind: ApprovalState['kind'] }[]>`
    select e.id, e.at, e.thread_id as "threadId", a.run_id as "runId", a.id as "approvalId", a.kind
    from approvals a
    join events e on e.thread_id = a.thread_id and e.type = 'approval.requested' and e.data->>'approvalId' = a.id
    where a.status = 'open' and a.requested_at < now() - interval '5 s'
      and not exists (select 1 from notifications n where n.approval_id = a.id)
      and exists (
        select 1 from push_subscriptions s join credentials c on c.id = s.credential_id join users u on u.id = c.user_id
        where u.workspace_id = a.workspace_id and c.revoked_at is null and s.created_at < a.requested_at)
    limit 50`;
  return rows.map(({ at, kind, ...row }) => ({ ...row, at: at.toISOString(), kind: kindOf(kind) }));
}
