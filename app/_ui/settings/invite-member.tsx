'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { sendJson } from '../../_live/request.ts';
import { Button } from '../base/button.tsx';
import { Notice } from '../base/notice.tsx';
import { useAction } from '../base/use-action.ts';
import { SecretOnce } from './secret-once.tsx';

export function InviteMember() {
  const router = useRouter();
  const { busy, failure, act } = useAction();
  const [name, setName] = useState('');
  const [made, setMade] = useState<{ name: string; url: string } | null>(null);

  async function invite(requestId: string): Promise<void> {
    const { url } = await sendJson<{ url: string }>('/api/members', { name, requestId });
    setMade({ name, url });
    setName('');
    router.refresh();
  }

  return (
    <form
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void act(invite, name);
      }}
      className="space-y-3"
    >
      {made && (
        <SecretOnce isLink label={`${made.name} opens this link on their device. It works once, within 24 hours.`} secret={made.url} />
      )}
      {failure && <Notice>{failure}</Notice>}
      <div className="flex gap-2">
        <input
          aria-label="Name of the new member"
          value={name}
          maxLength={80}
          placeholder="Name"
          onChange={(event) => setName(event.target.value)}
          className="min-h-11 min-w-0 flex-1 rounded-control border border-line-strong bg-paper px-3"
        />
        <Button type="submit" busy={busy} disabled={name.trim() === ''}>
          Invite
        </Button>
      </div>
    </form>
  );
}
