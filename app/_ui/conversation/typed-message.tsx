'use client';

import { HostileText } from '../base/hostile-text.tsx';
import { useTyping } from '../thread/thread-context.tsx';

/** What the agent is saying right now, letter by letter; the finished message takes its place. */
export function TypedMessage({ runId }: { runId: string }) {
  const typed = useTyping(runId);
  if (!typed) return null;
  return (
    <p className="contained whitespace-pre-wrap py-1.5" aria-live="off">
      <HostileText text={typed} />
      <span className="ml-0.5 inline-block h-4 w-1.5 translate-y-0.5 animate-breathe rounded-sm bg-accent" aria-hidden />
    </p>
  );
}
