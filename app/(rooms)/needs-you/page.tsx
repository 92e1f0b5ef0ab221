import { redirect } from 'next/navigation';
import { listApprovals } from '#lib/approvals/list-approvals.ts';
import { personContext } from '../../_server/person-context.ts';

/** Where the app's shortcut leads: to the question that has waited longest, or home. */
export default async function NeedsYouPage() {
  const [oldest] = await listApprovals(await personContext());
  redirect(oldest ? `/threads/${oldest.threadId}` : '/');
}
