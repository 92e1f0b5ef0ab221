'use client';

import { Play } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { sendJson } from '../../_live/request.ts';
import { threadPath } from '../../_live/thread-path.ts';
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
  const [keepsIn, setKeepsIn] = useState(true);
  const { busy, failure, act } = useAction();

  const { threadId, path, at } = file;
  const open = useCallback(
    (scripts: boolean) =>
      act(async () => {
        const reply = await sendJson<{ url: string }>(threadPath(threadId, '/page-links'), { path, at, scripts });
        setHref(reply.url);
      }),
    [act, threadId, path, at],
  );
  useEffect(() => void open(false), [open]);
  useEffect(() => setKeepsIn(keepsScriptsIn()), []);

  return (
    <div className="flex flex-col gap-2 px-4 py-3">
      {failure && <Notice>{failure}</Notice>}
      {href && (
        <iframe
          key={href}
          title="The page"
          src={href}
          sandbox="allow-scripts"
          referrerPolicy="no-referrer"
          className="h-[calc(100dvh-22rem)] min-h-96 w-full rounded-card border border-line bg-white"
        />
      )}
      <p className="text-ink-soft text-sm">
        Its scripts stand still until you let them run, and reach only the files beside it.
        {!keepsIn && ' In this browser they could also connect to somebody else, as a video call does.'}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button busy={busy} onClick={() => open(false)}>
          Open again
        </Button>
        <Button busy={busy} onClick={() => open(true)}>
          <Play className="size-4" aria-hidden />
          With its scripts
        </Button>
      </div>
    </div>
  );
}

/** Chromium keeps `Connection-Allowlist`, seen in 156. No page can ask a browser whether it does. */
function keepsScriptsIn(): boolean {
  const { userAgentData } = navigator as { userAgentData?: { brands: { brand: string; version: string }[] } };
  return userAgentData?.brands.some(({ brand, version }) => brand === 'Chromium' && Number(version) >= 156) ?? false;
}
