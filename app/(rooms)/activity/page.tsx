import type { Metadata } from 'next';
import { getActivity } from '#lib/activity/get-activity.ts';
import { MeasureRuns } from '#lib/activity/measure-runs.ts';
import { listLogs } from '#lib/activity/read-log.ts';
import { personContext } from '../../_server/person-context.ts';
import { type PageQuery, readQuery } from '../../_server/read-query.ts';
import { ActivityRoom } from '../../_ui/activity/activity-room.tsx';

export const metadata: Metadata = { title: 'Activity' };

export default async function ActivityPage({ searchParams }: { searchParams: PageQuery }) {
  const asked = MeasureRuns.safeParse(await readQuery(searchParams));
  const { days } = asked.success ? asked.data : MeasureRuns.parse({});
  const context = await personContext();
  const logs = context.actor.role === 'owner' ? await listLogs(context) : [];
  return <ActivityRoom key={days} days={days} initial={await getActivity(context, { days })} logs={logs} />;
}
