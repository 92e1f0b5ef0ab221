import type { LedgerEvent } from '#lib/core/event.ts';

/** Text as it is typed, never stored: output of a command or words of a model. */
export type TypingFrame = { runId: string; callId: string; stream: string; text: string };

export type LinkState = 'connecting' | 'open' | 'lost';

export type ThreadListener = {
  onLink(state: LinkState): void;
  /** What is shown may not be all: the link may have died in silence, or the thread is deleted. */
  onDoubt(): void;
  onEvent(event: LedgerEvent): void;
  onTyping(frame: TypingFrame): void;
  /** The newest seq held, where a transport that can begin anywhere begins. */
  lastSeq(): number;
};

/** A way by which events reach this device: out of order, twice or not at all. `gap-repair` makes them whole. */
export type Wire = {
  followThread(threadId: string, listener: ThreadListener): () => void;
  /** Calls back with the id of a thread that changed, or null when any of them may have. */
  followAll(onChange: (threadId: string | null) => void): () => void;
  /** Asks whether the link is still there: a phone that slept holds sockets that nobody answers. */
  check(): void;
  close(): void;
};
