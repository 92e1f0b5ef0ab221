'use client';

import { ArrowLeft, ShieldCheck } from 'lucide-react';
import type { ThreadState } from '#lib/core/state.ts';
import type { Link } from '../../_live/wire/link.ts';
import { IconLink } from '../base/icon-link.tsx';
import { ThreadBell } from '../notifications/thread-bell.tsx';
import { LinkState } from './link-state.tsx';
import { ThreadTabs } from './thread-tabs.tsx';

export function ThreadHeader({ thread, link }: { thread: ThreadState; link: Link }) {
  const { threadId, title, projectName } = thread;
  return (
    <header className="border-line border-b bg-paper pt-safe">
      <div className="flex items-center gap-1 px-1.5 pt-1 lg:px-4">
        <IconLink href="/" label="All threads" Icon={ArrowLeft} className="lg:hidden" />
        <div className="contained min-w-0 flex-1">
          <h1 className="truncate font-semibold text-[0.9375rem] leading-5">{title}</h1>
          <p className="flex items-center gap-2 text-ink-soft text-xs">
            <span className="min-w-0 truncate">{projectName}</span>
            <LinkState link={link} />
          </p>
        </div>
        <ThreadBell threadId={threadId} />
        <IconLink href={`/rules?thread=${threadId}`} label="Rules and budgets" Icon={ShieldCheck} />
      </div>
      <ThreadTabs threadId={threadId} />
    </header>
  );
}
