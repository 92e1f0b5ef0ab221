'use client';

import { useState } from 'react';
import { sendJson } from '../../_live/request.ts';
import { Button } from '../base/button.tsx';
import { Notice } from '../base/notice.tsx';
import { useAction } from '../base/use-action.ts';
import { SecretOnce } from './secret-once.tsx';

export function NewDevice() {
  const { busy, failure, act } = useAction();
  const [url, setUrl] = useState<string | null>(null);

  async function create(requestId: string): Promise<void> {
    setUrl((await sendJson<{ url: string }>(`/api/sign-in/links?requestId=${requestId}`, {})).url);
  }

  return (
    <div className="space-y-3">
      {url && <SecretOnce isLink label="Open this link on the other device. It works once." secret={url} />}
      {failure && <Notice>{failure}</Notice>}
      <Button busy={busy} onClick={() => act(create)}>
        Sign in another device
      </Button>
    </div>
  );
}
