'use client';

import { useCallback } from 'react';
import type { RevertScope } from '#lib/core/event.ts';
import type { RevertPreview } from '#lib/threads/revert/revert-thread.ts';
import { sendJson } from '../../_live/request.ts';
import { threadPath } from '../../_live/thread-path.ts';
import { usePreview } from './use-preview.ts';

export function useRevertPreview(threadId: string, checkpointId: string, scope: RevertScope) {
  return usePreview(
    useCallback(
      (signal: AbortSignal) =>
        sendJson<RevertPreview>(threadPath(threadId, '/revert'), { checkpointId, scope, dryRun: true }, 'POST', { signal }),
      [threadId, checkpointId, scope],
    ),
  );
}
