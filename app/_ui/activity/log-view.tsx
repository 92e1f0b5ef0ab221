'use client';

import { RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { requestJson } from '../../_live/request.ts';
import { Button } from '../base/button.tsx';
import { HostileText } from '../base/hostile-text.tsx';
import { Notice } from '../base/notice.tsx';
import { useAction } from '../base/use-action.ts';

/** The last lines of what a part wrote, read when asked for. */
export function LogView({ parts }: { parts: string[] }) {
  const [log, setLog] = useState<{ part: string; lines: string[] } | null>(null);
  const { busy, failure, act } = useAction();

  const read = (part: string) =>
    act(async () => setLog({ part, ...(await requestJson<{ lines: string[] }>(`/api/logs/${encodeURIComponent(part)}`)) }));

  return (
    <div className="space-y-2">
      <div className="flex flex-wrap gap-2">
        {parts.map((part) => (
          <Button
            key={part}
            disabled={busy}
            aria-pressed={log?.part === part}
            onClick={() => read(part)}
            className="aria-pressed:bg-sunken"
          >
            {part}
            {log?.part === part && <RefreshCw className="size-3.5" aria-label="read again" />}
          </Button>
        ))}
      </div>
      {failure && <Notice>{failure}</Notice>}
      {log && (
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
          tabIndex={0}
          className="contained scrollbar-quiet max-h-96 overflow-auto overscroll-contain whitespace-pre-wrap rounded-lg bg-sunken px-3 py-2 text-xs leading-5"
        >
          {log.lines.length === 0 ? 'It is empty.' : <HostileText text={log.lines.join('\n')} />}
        </pre>
      )}
    </div>
  );
}
