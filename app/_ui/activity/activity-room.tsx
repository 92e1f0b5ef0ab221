'use client';

import type { ReactNode } from 'react';
import type { Activity } from '#lib/activity/get-activity.ts';
import { Room, RoomHeader } from '../room/room-header.tsx';
import { AgentTable } from './agent-table.tsx';
import { DayBars } from './day-bars.tsx';
import { HealthList } from './health-list.tsx';
import { LogView } from './log-view.tsx';
import { MetricTiles } from './metric-tiles.tsx';
import { RangeChoice } from './range-choice.tsx';
import { useActivity } from './use-activity.ts';
import { WorkingList } from './working-list.tsx';

type ActivityRoomProps = { days: number; initial: Activity; logs: string[] };

/** Who works on what, what came of it, and how the house is. */
export function ActivityRoom({ days, initial, logs }: ActivityRoomProps) {
  const { working, metrics, health } = useActivity(initial, days);
  return (
    <Room isWide header={<RoomHeader title="Activity" back="/" backLabel="Back" />}>
      <div className="space-y-8">
        <Section title="At work">
          <WorkingList runs={working} />
        </Section>
        <Section title="How it went" aside={<RangeChoice days={days} />}>
          <MetricTiles metrics={metrics} />
          <DayBars days={metrics.byDay} />
          {metrics.byAgent.length > 0 && <AgentTable rows={metrics.byAgent} />}
        </Section>
        <Section title="Health">
          <HealthList health={health} />
        </Section>
        {logs.length > 0 && (
          <Section title="Logs">
            <LogView parts={logs} />
          </Section>
        )}
      </div>
    </Room>
  );
}

function Section({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section aria-label={title} className="space-y-3">
      <div className="flex items-center justify-between gap-2">
        <h2 className="font-semibold text-sm">{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}
