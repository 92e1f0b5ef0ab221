'use client';

import { Play } from 'lucide-react';
import { useState } from 'react';
import { sendJson } from '../../_live/request.ts';
import { Button } from '../base/button.tsx';
import { Notice } from '../base/notice.tsx';
import { useAction } from '../base/use-action.ts';
import type { MediaFile } from './media-file.ts';

/**
 * A web page of the thread, in an origin of its own. It reaches only the files that lie beside it in the same checkpoint, never Choir or the network. Its
 * scripts stand still until the person lets them run.
 */
export function PageView({ file }: { file: MediaFile }) {
  const [href, setHref] = useState<string | null>(null);
  const { busy, failure, act } = useAction();

  const open = (scripts: boolean) =>
    act(async () => {
      const { threadId, path, at } = file;
      const reply = await sendJson<{ url: string }>(`/api/threads/${encodeURIComponent(threadId)}/page-links`, { path, at, scripts });
      setHref(reply.url);
    });

  return (
    <div className="flex flex-col gap-2 px-4 py-3">
      {failure && <Notice>{failure}</Notice>}
      {href ? (
        <iframe
          key={href}
          title="The page"
          src={href}
          sandbox="allow-scripts"
          referrerPolicy="no-referrer"
          className="h-[calc(100dvh-17rem)] min-h-96 w-full rounded-card border border-line bg-white"
        />
      ) : (
        <p className="text-ink-soft text-sm">A page of this thread. It opens in a place of its own, without the network.</p>
      )}
      <div className="flex flex-wrap gap-2">
        <Button look={href ? 'plain' : 'primary'} busy={busy} onClick={() => open(false)}>
          {href ? 'Open again' : 'Open the page'}
        </Button>
        <Button busy={busy} onClick={() => open(true)}>
          <Play className="size-4" aria-hidden />
          With its scripts
        </Button>
      </div>
    </div>
  );
}
