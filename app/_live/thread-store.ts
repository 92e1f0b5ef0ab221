import type { LedgerEvent } from '#lib/core/event.ts';
import { foldAll } from '#lib/core/fold.ts';
import type { ThreadState } from '#lib/core/state.ts';
import { askPastSilence } from './ask-past-silence.ts';
import { hasGap, receiveEvent, startSequence } from './gap-repair.ts';
import { isNotFound } from './request.ts';
import { addFrames, endTyping, type Typing } from './typing.ts';
import { advanceLink, type Link, type LinkEvent, startLink } from './wire/link.ts';
import type { LinkState, TypingFrame } from './wire/wire.ts';

export type ThreadView = { thread: ThreadState; link: Link; typing: Typing };

export type ThreadStoreParts = {
  initial: ThreadState;
  /** Events after a seq, oldest first. */
  readAfter(seq: number, signal: AbortSignal): AsyncIterable<LedgerEvent>;
  /** Runs the write once, before the next picture. */
  onFrame(write: () => void): void;
  now(): string;
  retryAfterMs?: number;
};

export type ThreadStore = ReturnType<typeof createThreadStore>;

/** One thread on this device: what arrives is made whole, folded by the one fold, and written once per frame. */
export function createThreadStore({ initial, readAfter, onFrame, now, retryAfterMs = 2_000 }: ThreadStoreParts) {
  let view: ThreadView = { thread: initial, link: startLink(initial.updatedAt || null), typing: {} };
  const sequence = startSequence(initial.seq);
  let ready: LedgerEvent[] = [];
  let frames: TypingFrame[] = [];
  let framePlanned = false;
  let repairing: Promise<void> | null = null;
  let repairAgain = false;
  let retry: ReturnType<typeof setTimeout> | undefined;
  const listeners = new Set<() => void>();

  function planFrame(): void {
    if (framePlanned) return;
    framePlanned = true;
    onFrame(() => {
      framePlanned = false;
      const events = ready;
      const typed = frames;
      ready = [];
      frames = [];
      if (events.length === 0 && typed.length === 0) return;
      publish({
        ...view,
        thread: events.length > 0 ? foldAll(events, view.thread) : view.thread,
        typing: endTyping(addFrames(view.typing, typed), events),
      });
    });
  }

  function publish(next: ThreadView): void {
    view = next;
    for (const listener of listeners) listener();
  }

  function advance(type: LinkEvent['type']): void {
    const link = advanceLink(view.link, { type, at: now() });
    const same = link.phase === view.link.phase && link.asOf === view.link.asOf && link.wireOpen === view.link.wireOpen;
    if (!same) publish({ ...view, link });
  }

  function receive(event: LedgerEvent): void {
    const received = receiveEvent(sequence, event);
    if (received.length === 0) return;
    ready.push(...received);
    planFrame();
  }

  async function readRest(signal: AbortSignal, onSign: () => void): Promise<void> {
    for await (const event of readAfter(sequence.seq, signal)) {
      onSign();
      receive(event);
    }
  }

  async function readGap(): Promise<void> {
    do {
      repairAgain = false;
      await askPastSilence(readRest);
    } while (repairAgain);
  }

  function repair(): Promise<void> {
    clearTimeout(retry);
    if (view.link.phase === 'gone') return Promise.resolve();
    repairAgain = true;
    repairing ??= readGap()
      .then(
        () => advance('repaired'),
        (error: unknown) => advance(isNotFound(error) ? 'gone' : 'unreachable'),
      )
      .finally(() => {
        repairing = null;
        // Without a wire this is the only way to hear anything: a line that carries no socket may carry requests.
        if (view.link.phase === 'offline') retry = setTimeout(() => listeners.size > 0 && void repair(), retryAfterMs);
      });
    return repairing;
  }

  return {
    getView: () => view,
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    lastSeq: () => sequence.seq,
    onEvent(event: LedgerEvent): void {
      receive(event);
      if (!hasGap(sequence)) return;
      advance('gap');
      void repair();
    },
    onTyping(frame: TypingFrame): void {
      frames.push(frame);
      planFrame();
    },
    onLink(state: LinkState): void {
      if (state === 'connecting') return;
      advance(state === 'open' ? 'opened' : 'lost');
      void repair();
    },
    // The socket has its time to answer; what it may have lost is read meanwhile.
    onDoubt: () => void repair(),
    repair,
  };
}
