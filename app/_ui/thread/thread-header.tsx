'use client';

import { ArrowLeft, ShieldCheck } from 'lucide-react';
import Link from 'next/link';
import type { ThreadState } from '#lib/core/state.ts';
import type { Link as LiveLink } from '../../_live/wire/link.ts';
import { ThreadBell } from '../notifications/thread-bell.tsx';
import { LinkState } from './link-state.tsx';
import { ThreadTabs } from './thread-tabs.tsx';

const iconLink = 'inline-flex size-11 shrink-0 items-center justify-center rounded-control text-ink-soft hover:bg-sunken hover:text-ink';

export function ThreadHeader({ thread, link }: { thread: ThreadState; link: LiveLink }) {
  const { threadId, title, projectName } = thread;
  return (
    <header className="border-line border-b bg-paper pt-safe">
      <div className="flex items-center gap-1 px-1.5 pt-1 lg:px-4">
        <Link href="/" aria-label="All threads" className={`${iconLink} lg:hidden`}>
          <ArrowLeft className="size-5" aria-hidden />
        </Link>
        <div className="contained min-w-0 flex-1">
          <h1 className="truncate font-semibold text-[0.9375rem] leading-5">{title}</h1>
          <p className="flex items-center gap-2 text-ink-soft text-xs">
            <span className="min-w-0 truncate">{projectName}</span>
            <LinkState link={link} />
          </p>
        </div>
        <ThreadBell threadId={threadId} />
        <Link
          href={`/rules?thread=${threadId}`}
          prefetch={false}
          aria-label="Rules and budgets"
          title="Rules and budgets"
          className={iconLink}
        >
          <ShieldCheck className="size-5" aria-hidden />
        </Link>
      </div>
      <ThreadTabs threadId={threadId} />
    </header>
  );
}
