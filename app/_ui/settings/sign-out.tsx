'use client';

import { LogOut } from 'lucide-react';
import { forgetDevice } from '../../_live/device/forget-device.ts';
import { leavePage } from '../../_live/leave-page.ts';
import { request } from '../../_live/request.ts';
import { Button } from '../base/button.tsx';
import { Notice } from '../base/notice.tsx';
import { useAction } from '../base/use-action.ts';

export function SignOut() {
  const { busy, failure, act } = useAction();

  async function signOut(): Promise<void> {
    await request('/api/sign-out', { method: 'POST' });
    await forgetDevice();
    leavePage('door');
  }

  return (
    <div className="space-y-3">
      {failure && <Notice>{failure}</Notice>}
      <Button look="danger" busy={busy} onClick={() => act(signOut)}>
        <LogOut className="size-4" aria-hidden />
        Sign out
      </Button>
    </div>
  );
}
