'use client';

import { Bell, BellOff, Send } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { type PushAbility, pushAbility, takeNoPushes, takePushes } from '../../_live/push/push-device.ts';
import { Button } from '../base/button.tsx';
import { Notice } from '../base/notice.tsx';
import { useAction } from '../base/use-action.ts';
import { NotificationTest } from './notification-test.tsx';

const whyNot: Record<Exclude<PushAbility, 'ready'>, string> = {
  blocked: 'This browser blocks notifications from Choir. Allow them in its settings for this site, then come back.',
  insecure: 'Notifications need https. Open Choir at an https address to turn them on.',
  'install-first':
    'On an iPhone or iPad, add Choir to the Home Screen first: Share, then “Add to Home Screen”. Open it from there and come back here.',
  unsupported: 'This browser takes no notifications.',
};

/** Notifications on the device that one holds: on, off, and whether they arrive. */
export function NotificationDevice({ publicKey, subscribed }: { publicKey: string; subscribed: boolean }) {
  const router = useRouter();
  const [ability, setAbility] = useState<PushAbility | null>(null);
  const turn = useAction();
  useEffect(() => setAbility(pushAbility()), []);

  if (ability === null) return <div className="min-h-11" />;
  if (ability !== 'ready') return <p className="text-ink-soft text-sm">{whyNot[ability]}</p>;

  async function turnOn(): Promise<void> {
    if (await takePushes(publicKey)) router.refresh();
    else setAbility(pushAbility());
  }

  async function turnOff(): Promise<void> {
    await takeNoPushes();
    router.refresh();
  }

  return (
    <div className="space-y-3">
      {turn.failure && <Notice>{turn.failure}</Notice>}
      {subscribed ? (
        <>
          <p className="flex items-center gap-2 text-sm">
            <Bell className="size-4 text-good" aria-hidden />
            This device is told.
          </p>
          <NotificationTest>
            <Button look="quiet" busy={turn.busy} onClick={() => turn.act(turnOff)}>
              <BellOff className="size-4" aria-hidden />
              Turn off here
            </Button>
          </NotificationTest>
        </>
      ) : (
        <Button look="primary" busy={turn.busy} onClick={() => turn.act(turnOn)}>
          <Send className="size-4" aria-hidden />
          Turn on for this device
        </Button>
      )}
    </div>
  );
}
