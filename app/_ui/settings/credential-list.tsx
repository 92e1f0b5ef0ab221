'use client';

import { KeyRound, MonitorSmartphone } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { sendDelete } from '../../_live/send-delete.ts';
import { Button } from '../base/button.tsx';
import { ConfirmSheet } from '../base/confirm-sheet.tsx';
import { Ago } from '../base/moment.tsx';

export type Credential = { id: string; kind: 'device' | 'token'; name: string; lastSeenAt: string | null; current: boolean };

type CredentialListProps = { credentials: Credential[]; onRevoked?(id: string): void };

export function CredentialList({ credentials, onRevoked }: CredentialListProps) {
  if (credentials.length === 0) return null;
  return (
    <ul className="divide-y divide-line rounded-card border border-line bg-raised">
      {credentials.map((credential) => (
        <li key={credential.id} className="px-4 py-2">
          <CredentialRow credential={credential} onRevoked={onRevoked} />
        </li>
      ))}
    </ul>
  );
}

function CredentialRow({ credential, onRevoked }: { credential: Credential; onRevoked: CredentialListProps['onRevoked'] }) {
  const router = useRouter();
  const [leaving, setLeaving] = useState(false);
  const Icon = credential.kind === 'device' ? MonitorSmartphone : KeyRound;

  async function revoke(): Promise<void> {
    await sendDelete(`/api/credentials/${encodeURIComponent(credential.id)}`);
    onRevoked?.(credential.id);
    router.refresh();
  }

  return (
    <>
      <div className="flex items-center gap-3">
        <Icon className="size-4.5 shrink-0 text-ink-soft" aria-hidden />
        <div className="contained min-w-0 flex-1">
          <p className="truncate text-sm">{credential.name}</p>
          <p className="text-ink-soft text-xs">
            {credential.current ? (
              'This device'
            ) : credential.lastSeenAt ? (
              <>
                Last used: <Ago at={credential.lastSeenAt} />
              </>
            ) : (
              'Not used yet'
            )}
          </p>
        </div>
        {!credential.current && (
          <Button look="danger" onClick={() => setLeaving(true)} aria-haspopup="dialog" aria-label={`Revoke ${credential.name}`}>
            Revoke
          </Button>
        )}
      </div>
      {leaving && (
        <ConfirmSheet title={`Revoke ${credential.name}`} word="Revoke" onConfirm={revoke} onClose={() => setLeaving(false)}>
          {credential.kind === 'device'
            ? 'It is signed out at once, and comes back only by a new sign-in link.'
            : 'What uses this token stops at once. It cannot be given back.'}
        </ConfirmSheet>
      )}
    </>
  );
}
