'use client';

import { Send } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { TelegramAccount } from '#lib/telegram/accounts.ts';
import { sendJson } from '../../_live/request.ts';
import { sendDelete } from '../../_live/send-delete.ts';
import { Button, buttonClass } from '../base/button.tsx';
import { Ago } from '../base/moment.tsx';
import { Notice } from '../base/notice.tsx';
import { useAction } from '../base/use-action.ts';
import { SecretOnce } from './secret-once.tsx';

type LinkCode = { code: string; url: string | null };

/** The Telegram accounts that speak for the person, and the way to link one more. */
export function TelegramAccounts({ bot, accounts }: { bot: string | null; accounts: TelegramAccount[] }) {
  const { busy, failure, act } = useAction();
  const [link, setLink] = useState<LinkCode | null>(null);
  if (bot === null && accounts.length === 0)
    return (
      <p className="text-ink-soft text-sm">
        No bot runs here yet. Make one with @BotFather, set <code className="font-mono">TELEGRAM_BOT_TOKEN</code> and start Choir again.
      </p>
    );

  async function create(requestId: string): Promise<void> {
    setLink(await sendJson<LinkCode>(`/api/telegram/links?requestId=${requestId}`, {}));
  }

  return (
    <div className="space-y-3">
      {accounts.length > 0 && (
        <ul className="divide-y divide-line rounded-card border border-line bg-raised">
          {accounts.map((account) => (
            <li key={account.telegramId} className="px-4 py-2">
              <AccountRow account={account} />
            </li>
          ))}
        </ul>
      )}
      {link?.url && (
        <a href={link.url} target="_blank" rel="noopener noreferrer" className={buttonClass('primary')}>
          <Send className="size-4" aria-hidden />
          Open Telegram
        </a>
      )}
      {link && <SecretOnce label="Or send this to the bot. It works once, for half an hour." secret={`/start ${link.code}`} />}
      {failure && <Notice>{failure}</Notice>}
      {!link && (
        <Button busy={busy} onClick={() => act(create)}>
          Link a Telegram account
        </Button>
      )}
    </div>
  );
}

function AccountRow({ account: { telegramId, name, linkedAt } }: { account: TelegramAccount }) {
  const router = useRouter();
  const { busy, failure, act } = useAction();

  async function unlink(): Promise<void> {
    await sendDelete(`/api/telegram/accounts/${telegramId}`);
    router.refresh();
  }

  return (
    <>
      <div className="flex items-center gap-3">
        <Send className="size-4.5 shrink-0 text-ink-soft" aria-hidden />
        <div className="contained min-w-0 flex-1">
          <p className="truncate text-sm">{name}</p>
          <p className="text-ink-soft text-xs">
            Linked: <Ago at={linkedAt} />
          </p>
        </div>
        <Button look="danger" busy={busy} onClick={() => act(unlink)} aria-label={`Unlink ${name}`}>
          Unlink
        </Button>
      </div>
      {failure && <Notice>{failure}</Notice>}
    </>
  );
}
