import { setTimeout as sleep } from 'node:timers/promises';
import { followDurably } from '#lib/bus/follow-durably.ts';
import type { Services } from '#lib/context.ts';
import { forgetOldNotifications, hastenNotification } from '#lib/notifications/due-notifications.ts';
import { missedQuestions, noteTelling, tellingOf } from '#lib/notifications/note-event.ts';
import { decideDue } from './decide-due.ts';
import { deliverDue } from './deliver.ts';
import type { PushSender } from './send-push.ts';

export type Notifier = { stop(): Promise<void> };

export type NotifierOptions = {
  sender: PushSender;
  /** How long a delivery belongs to a sender that says nothing: longer than a push may take. */
  leaseMs?: number;
  everyMs?: number;
};

const sweepEveryMs = 60_000;

/**
 * Tells people on their devices: events become notifications, those that are due become deliveries, and those are sent. Each step is a row before it is
 * done, so any number of these may run, and any of them may be killed at any time.
 */
export function startNotifier(services: Services, { sender, leaseMs = 60_000, everyMs = 1_000 }: NotifierOptions): Notifier {
  const stopping = new AbortController();
  const { signal } = stopping;
  const { database } = services;
  let wake = new AbortController();

  async function pump(): Promise<void> {
    while (!signal.aborted) {
      try {
        const decided = await decideDue(services);
        const sent = await deliverDue({ ...services, sender, leaseMs });
        if (decided + sent > 0) continue;
      } catch (error) {
        if (!signal.aborted) console.error(`Notifications wait: ${error instanceof Error ? error.message : error}`);
      }
      await sleep(everyMs, undefined, { signal: AbortSignal.any([signal, wake.signal]) }).catch(() => {});
      wake = new AbortController();
    }
  }

  async function sweep(): Promise<void> {
    while (!signal.aborted) {
      try {
        for (const telling of await missedQuestions(database)) await noteTelling(database, telling);
        await forgetOldNotifications(database);
      } catch (error) {
        if (!signal.aborted) console.error(`Questions were not looked through: ${error instanceof Error ? error.message : error}`);
      }
      await sleep(sweepEveryMs, undefined, { signal }).catch(() => {});
    }
  }

  const following = followDurably(
    services.bus,
    'notify',
    async (event) => {
      const telling = tellingOf(event);
      if (telling && (await noteTelling(database, telling))) wake.abort();
      if (event.type === 'approval.answered' || event.type === 'approval.withdrawn')
        await hastenNotification(database, event.data.approvalId);
    },
    signal,
  );
  const working = Promise.all([following, pump(), sweep()]);

  return {
    /** Sends nothing new; what is being sent is waited for. */
    async stop() {
      stopping.abort();
      await working;
    },
  };
}
