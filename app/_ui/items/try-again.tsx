'use client';

import { RotateCcw } from 'lucide-react';
import { deviceOutbox } from '../../_live/outbox/device-outbox.ts';
import { messageEntry } from '../../_live/outbox/entry.ts';
import { useOutbox } from '../../_live/outbox/use-outbox.ts';
import { Button } from '../base/button.tsx';
import { Notice } from '../base/notice.tsx';
import { useAction } from '../base/use-action.ts';
import { useThreadState } from '../thread/thread-context.tsx';

/** Gives the goal of the run that failed once more, as it was given, for as long as nothing else happened. */
export function TryAgain({ runId }: { runId: string | undefined }) {
  const { threadId, run } = useThreadState();
  const { busy, failure, act } = useAction();
  const { entries } = useOutbox();
  if (run?.runId !== runId || run?.status !== 'failed') return null;
  const { goal, dryRun } = run;
  const onTheWay = entries.some(({ about }) => about.kind === 'message' && about.threadId === threadId);

  async function giveAgain(): Promise<void> {
    await deviceOutbox().send({ ...messageEntry(threadId, goal), body: { text: goal, dryRun } });
  }

  return (
    <div className="mt-2 space-y-2">
      {failure && <Notice>{failure}</Notice>}
      <Button busy={busy} disabled={onTheWay} onClick={() => act(giveAgain)}>
        <RotateCcw className="size-4" aria-hidden />
        Try again
      </Button>
    </div>
  );
}
