import type { DeliveryStatus, NotificationKind } from '#lib/core/notification.ts';
import type { NotificationRow } from '#lib/notifications/list-notifications.ts';
import { Ago } from '../base/moment.tsx';

const kinds: Record<NotificationKind, string> = {
  approval: 'Approval',
  question: 'Question',
  limit: 'Limit',
  done: 'Done',
  failed: 'Failed',
  test: 'Test',
};
const words: Record<DeliveryStatus, string> = {
  waiting: 'waiting',
  sending: 'being sent',
  accepted: 'accepted',
  failed: 'failed',
  expired: 'expired, removed',
  skipped: 'not sent',
};

/** What the person was told lately, and how each push went. */
export function NotificationLog({ rows }: { rows: NotificationRow[] }) {
  if (rows.length === 0) return null;
  return (
    <details className="group">
      <summary className="flex min-h-11 cursor-pointer items-center text-ink-soft text-sm underline-offset-2 hover:underline">
        What was sent
      </summary>
      <ul className="divide-y divide-line rounded-card border border-line bg-raised">
        {rows.map((row) => (
          <li key={row.notificationId} className="contained px-4 py-2 text-sm">
            <p className="flex gap-2">
              <span className="min-w-0 flex-1 truncate">
                {kinds[row.kind]}
                {row.threadTitle && ` · ${row.threadTitle}`}
              </span>
              <span className="shrink-0 text-ink-soft text-xs">
                <Ago at={row.at} />
              </span>
            </p>
            <ul className="text-ink-soft text-xs">
              {row.status === 'waiting' && <li>Waiting</li>}
              {row.status === 'dropped' && <li>Not sent: {row.reason}</li>}
              {row.status === 'sent' && row.deliveries.length === 0 && <li>No device to tell</li>}
              {row.deliveries.map((delivery) => (
                <li key={delivery.deviceName}>
                  {delivery.deviceName}: {words[delivery.status]}
                  {delivery.attempts > 1 && ` after ${delivery.attempts} tries`}
                  {delivery.problem && `. ${delivery.problem}`}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </details>
  );
}
