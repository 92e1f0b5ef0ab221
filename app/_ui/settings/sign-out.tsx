'use client';

import { LogOut } from 'lucide-react';
import { useState } from 'react';
import { forgetDevice } from '../../_live/device/forget-device.ts';
import { leavePage } from '../../_live/leave-page.ts';
import { request } from '../../_live/request.ts';
import { Button } from '../base/button.tsx';
import { ConfirmSheet } from '../base/confirm-sheet.tsx';

export function SignOut() {
  const [leaving, setLeaving] = useState(false);

  async function signOut(): Promise<void> {
    await request('/api/sign-out', { method: 'POST' });
    await forgetDevice();
    leavePage('door');
  }

  return (
    <>
      <Button look="danger" aria-haspopup="dialog" onClick={() => setLeaving(true)}>
        <LogOut className="size-4" aria-hidden />
        Sign out
      </Button>
      {leaving && (
        <ConfirmSheet title="Sign out of this device" word="Sign out" onConfirm={signOut} onClose={() => setLeaving(false)}>
          Drafts, and what waits here to be sent, go with it. Only a new sign-in link lets you in again.
        </ConfirmSheet>
      )}
    </>
  );
}
