'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { sendJson } from '../../_live/request.ts';
import { Button } from '../base/button.tsx';
import { Field } from '../base/field.tsx';
import { Notice } from '../base/notice.tsx';
import { useAction } from '../base/use-action.ts';
import { type Credential, CredentialList } from './credential-list.tsx';
import { SecretOnce } from './secret-once.tsx';

type Made = { token: string; credential: { id: string } };

/** The tokens there are, and a new one: its secret stands there until it is revoked or the page is left. */
export function TokenList({ credentials }: { credentials: Credential[] }) {
  const router = useRouter();
  const { busy, failure, act } = useAction();
  const [name, setName] = useState('');
  const [made, setMade] = useState<Made | null>(null);

  async function create(requestId: string): Promise<void> {
    setMade(await sendJson<Made>('/api/tokens', { name: name.trim(), requestId }));
    setName('');
    router.refresh();
  }

  return (
    <>
      <CredentialList credentials={credentials} onRevoked={(id) => id === made?.credential.id && setMade(null)} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void act(create, name.trim());
        }}
        className="space-y-3"
      >
        {made && <SecretOnce key={made.token} label="Copy this token now. It is not shown again." secret={made.token} />}
        <Field
          label="New token"
          value={name}
          maxLength={100}
          onChange={(event) => setName(event.target.value)}
          placeholder="laptop"
          autoComplete="off"
        />
        {failure && <Notice>{failure}</Notice>}
        <Button type="submit" busy={busy} disabled={name.trim() === ''}>
          Make token
        </Button>
      </form>
    </>
  );
}
