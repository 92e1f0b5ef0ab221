'use client';

import { UserRound } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { formatCount } from '#lib/core/words/format.ts';
import type { Member } from '#lib/members/list-members.ts';
import { sendJson } from '../../_live/request.ts';
import { sendDelete } from '../../_live/send-delete.ts';
import { Button } from '../base/button.tsx';
import { ConfirmSheet } from '../base/confirm-sheet.tsx';
import { Ago } from '../base/moment.tsx';
import { Notice } from '../base/notice.tsx';
import { useAction } from '../base/use-action.ts';
import { SecretOnce } from './secret-once.tsx';

/** Who may use this workspace. `owner`: the person who looks may invite and take out. */
export function MemberList({ members, owner }: { members: Member[]; owner: boolean }) {
  return (
    <ul className="divide-y divide-line rounded-card border border-line bg-raised">
      {members.map((member) => (
        <li key={member.userId} className="space-y-2 px-4 py-2">
          <MemberRow member={member} owner={owner} />
        </li>
      ))}
    </ul>
  );
}

function MemberRow({ member, owner }: { member: Member; owner: boolean }) {
  const { userId, name, role, devices, lastSeenAt, you } = member;
  const router = useRouter();
  const { busy, failure, act } = useAction();
  const [leaving, setLeaving] = useState(false);
  const [url, setUrl] = useState<string | null>(null);
  const place = `/api/members/${encodeURIComponent(userId)}`;

  async function link(requestId: string): Promise<void> {
    setUrl((await sendJson<{ url: string }>(`${place}/links?requestId=${requestId}`, {})).url);
  }

  async function remove(): Promise<void> {
    await sendDelete(place);
    router.refresh();
  }

  return (
    <>
      <div className="flex items-center gap-3">
        <UserRound className="size-4.5 shrink-0 text-ink-soft" aria-hidden />
        <div className="contained min-w-0 flex-1">
          <p className="truncate text-sm">
            {name}
            {you && ' (you)'}
          </p>
          <p className="text-ink-soft text-xs">
            {role === 'owner' ? 'Owner' : 'Member'} · {formatCount(devices, 'device')}
            {lastSeenAt && (
              <>
                {' · seen '}
                <Ago at={lastSeenAt} />
              </>
            )}
          </p>
        </div>
        {owner && !you && (
          <>
            <Button look="quiet" busy={busy} aria-label={`New link for ${name}`} onClick={() => act(link)}>
              Link
            </Button>
            <Button look="danger" aria-label={`Take out ${name}`} aria-haspopup="dialog" onClick={() => setLeaving(true)}>
              Take out
            </Button>
          </>
        )}
      </div>
      {url && <SecretOnce isLink label={`${name} opens this link on their device. It works once.`} secret={url} />}
      {failure && <Notice>{failure}</Notice>}
      {leaving && (
        <ConfirmSheet title={`Take out ${name}`} word="Take out" onConfirm={remove} onClose={() => setLeaving(false)}>
          Their devices and tokens end at once. What they did keeps their name.
        </ConfirmSheet>
      )}
    </>
  );
}
