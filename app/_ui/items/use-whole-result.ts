'use client';

import { useState } from 'react';
import type { ToolResult } from '#lib/core/tool.ts';
import { readEvents } from '../../_live/read-events.ts';
import { RequestError } from '../../_live/request.ts';
import { useAction } from '../base/use-action.ts';
import { useThreadActions } from '../thread/thread-context.tsx';
import type { ItemProps } from './item-renderers.tsx';

/** How far behind its proposal a call's result may stand, counted in results. */
const resultsAhead = 50;
const leftOut = /\n\.\.\. \d+ characters left out \.\.\.\n/;

/** A call's result as the state has it, and the way to all of it where parts of its output were left out. */
export function useWholeResult({ callId, seq, result }: ItemProps<'call'>['item']) {
  const { threadId } = useThreadActions();
  const [whole, setWhole] = useState<ToolResult | null>(null);
  const { busy, failure, act } = useAction();
  const isCut = whole === null && result !== undefined && leftOut.test(result.stdout + result.stderr);

  async function find(): Promise<void> {
    for await (const event of readEvents(threadId, `after=${seq}&type=tool.finished&limit=${resultsAhead}`))
      if (event.type === 'tool.finished' && event.data.callId === callId) return setWhole(event.data.result);
    throw new RequestError(0, 'The rest of it cannot be found.');
  }

  return { result: whole ?? result, isCut, busy, failure, showAll: () => void act(find) };
}
