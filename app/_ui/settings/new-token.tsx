'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { sendJson } from '../../_live/request.ts';
import { Button } from '../base/button.tsx';
import { Field } from '../base/field.tsx';
import { Notice } from '../base/notice.tsx';
import { useAction } from '../base/use-action.ts';
import { SecretOnce } from './secret-once.tsx';

export function NewToken() {
  const router = useRouter();
  const { busy, failure, act } = useAction();
  const [name, setName] = useState('');
  const [token, setToken] = useState<string | null>(null);

  async function create(requestId: string): Promise<void> {
    const made = await sendJson<{ token: string }>('/api/tokens', { name: name.trim(), requestId });
    setToken(made.token);
    setName('');
    router.refresh();
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void act(create, name.trim());
      }}
      className="space-y-3"
    >
      {token && <SecretOnce label="Copy this token now. It is not shown again." secret={token} />}
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
  );
}
