'use client';

import { type FormEvent, useState } from 'react';
import { Button } from '../base/button.tsx';
import { Field } from '../base/field.tsx';

export type ClientByHand = { id: string; secret?: string };

const plain = { autoCapitalize: 'none', autoComplete: 'off', spellCheck: false } as const;

/** For a service that lets no program register: the person has done it there, and gives what they got for it. */
export function SignInByHand({ busy, onSignIn }: { busy: boolean; onSignIn: (client: ClientByHand) => void }) {
  const [id, setId] = useState('');
  const [secret, setSecret] = useState('');

  function signIn(event: FormEvent): void {
    event.preventDefault();
    onSignIn({ id: id.trim(), ...(secret ? { secret } : {}) });
  }

  return (
    <form onSubmit={signIn} className="mt-3 space-y-3">
      <Field label="Client ID" {...plain} value={id} onChange={(event) => setId(event.target.value)} required />
      <Field
        label="Client secret"
        {...plain}
        type="password"
        value={secret}
        onChange={(event) => setSecret(event.target.value)}
        hint="If the service gave you one. It is kept encrypted and never shown again."
      />
      <Button type="submit" look="primary" busy={busy}>
        Sign in with it
      </Button>
    </form>
  );
}
