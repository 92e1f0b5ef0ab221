'use client';

import { LogIn } from 'lucide-react';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { newId } from '#lib/core/new-id.ts';
import { claimDevice } from '../../_live/device/claim-device.ts';
import { explainFailure, RequestError, sendJson } from '../../_live/request.ts';
import { askWorker, tellWorker } from '../../_live/service-worker/ask-worker.ts';
import { Button } from '../base/button.tsx';
import { Mark } from '../base/mark.tsx';
import { Notice } from '../base/notice.tsx';

/** The door. Looking at it uses nothing up: link previews look too. Only the button trades the code for a session. */
export function SignInDoor({ codeInQuery, wasSignedOut }: { codeInQuery: string | null; wasSignedOut: boolean }) {
  const fragment = useFragment();
  const code = fragment || codeInQuery;
  const [requestId] = useState(() => newId('rq'));
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<{ words: string; final: boolean } | null>(null);

  useEffect(() => tellWorker({ type: 'forget' }), []);

  async function signIn(): Promise<void> {
    setBusy(true);
    setFailure(null);
    try {
      const { userId } = await sendJson<{ userId: string }>('/api/sign-in', { code, requestId });
      // Once more: a page of whoever was here may have kept something since the door stands open.
      await askWorker({ type: 'forget' });
      await claimDevice(userId);
      window.location.replace('/');
    } catch (error) {
      const final = error instanceof RequestError && (error.status === 401 || error.status === 400);
      setFailure({ words: explainFailure(error), final });
      setBusy(false);
    }
  }

  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col px-safe pt-safe pb-safe">
      <div className="flex flex-1 flex-col justify-center gap-3">
        <Mark className="size-12 text-accent" />
        <h1 className="font-semibold text-title tracking-tight">Choir</h1>
        <p className="text-ink-soft">Hand goals to coding agents, watch them work, and take any of it back.</p>
      </div>
      <div className="space-y-4 pb-6 sm:flex-1">
        {wasSignedOut && !failure && <Notice>This device was signed out elsewhere.</Notice>}
        {failure && <Notice>{failure.words}</Notice>}
        {code && !failure?.final ? (
          <Button look="primary" busy={busy} onClick={signIn} className="min-h-14 w-full text-base">
            <LogIn className="size-5" aria-hidden />
            Sign in on this device
          </Button>
        ) : (
          fragment !== null && <HowToGetIn />
        )}
      </div>
    </main>
  );
}

/** What stands behind the `#`: no server and no log ever sees it. null before the page is alive. */
function useFragment(): string | null {
  return useSyncExternalStore<string | null>(
    (listener) => {
      window.addEventListener('hashchange', listener);
      return () => window.removeEventListener('hashchange', listener);
    },
    () => window.location.hash.slice(1),
    () => null,
  );
}

function HowToGetIn() {
  return (
    <div className="space-y-2 text-sm">
      <h2 className="font-medium">You need a sign-in link</h2>
      <p className="text-ink-soft">On a device that is signed in: Settings, then “Sign in another device”.</p>
      <p className="text-ink-soft">
        On the machine that runs Choir: <code className="rounded bg-sunken px-1 py-0.5 font-mono">npx choir link</code> in the folder of
        Choir makes one.
      </p>
    </div>
  );
}
