import type { ReactNode } from 'react';
import { listThreads } from '#lib/threads/list-threads.ts';
import { personMeta } from '../_live/device/page-person.ts';
import { threadsAtOnce } from '../_live/thread-row.ts';
import { personContext } from '../_server/person-context.ts';
import { PlayerProvider } from '../_ui/media/player/player-context.tsx';
import { SideBar } from '../_ui/threads/side-bar.tsx';
import { ThreadsProvider } from '../_ui/threads/threads-context.tsx';

export default async function RoomsLayout({ children }: { children: ReactNode }) {
  const context = await personContext();
  const threads = await listThreads(context, { limit: threadsAtOnce });
  return (
    <ThreadsProvider initial={threads}>
      <meta name={personMeta} content={context.actor.userId} />
      <PlayerProvider>
        <a
          href="#room"
          className="sr-only rounded-control bg-raised px-4 py-3 font-medium text-sm shadow-md focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 max-lg:hidden"
        >
          Past the list of threads
        </a>
        <div className="flex">
          <SideBar />
          <main id="room" tabIndex={-1} className="min-w-0 flex-1 outline-none">
            {children}
          </main>
        </div>
      </PlayerProvider>
    </ThreadsProvider>
  );
}
