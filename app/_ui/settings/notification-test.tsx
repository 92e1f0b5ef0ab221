'use client';

import { type ReactNode, useState } from 'react';
import type { DeliveryStatus } from '#lib/core/notification.ts';
import { requestJson } from '../../_live/request.ts';
import { sleep } from '../../_live/sleep.ts';
import { Button } from '../base/button.tsx';
import { Notice } from '../base/notice.tsx';
import { useAction } from '../base/use-action.ts';
import { deliveryWords } from './delivery-words.ts';

type Delivery = { status: DeliveryStatus; problem: string | null };

const lookEveryMs = 700;
const looks = 30;

/** Sends a notification to this device, and says how far it has come. */
export function NotificationTest({ children }: { children: ReactNode }) {
  const { busy, failure, act } = useAction();
  const [delivery, setDelivery] = useState<Delivery | null>(null);

  async function test(): Promise<void> {
    setDelivery({ status: 'waiting', problem: null });
    const { notificationId } = await requestJson<{ notificationId: string }>('/api/notifications/test', { method: 'POST' });
    for (let look = 0; look < looks; look += 1) {
      const found = await readDelivery(notificationId);
      if (found) setDelivery(found);
      if (found?.status === 'accepted' || found?.status === 'failed' || found?.status === 'expired') return;
      await sleep(lookEveryMs);
    }
  }

  return (
    <div className="space-y-2">
      <div className="flex flex-wrap gap-2">
        <Button busy={busy} onClick={() => act(test)}>
          Send a test notification
        </Button>
        {children}
      </div>
      {failure && <Notice>{failure}</Notice>}
      {delivery && !failure && (
        <p role="status" className={`text-sm ${delivery.status === 'accepted' ? 'text-good' : 'text-ink-soft'}`}>
          {deliveryWords[delivery.status]}
          {delivery.problem && ` ${delivery.problem}`}
        </p>
      )}
    </div>
  );
}

async function readDelivery(notificationId: string): Promise<Delivery | null> {
  const { notifications } = await requestJson<{ notifications: { notificationId: string; deliveries: Delivery[] }[] }>(
    '/api/notifications',
  );
  return notifications.find((row) => row.notificationId === notificationId)?.deliveries[0] ?? null;
}
