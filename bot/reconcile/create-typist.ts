import { followTyping } from '#lib/bus/follow-typing.ts';
import { isActive, type ThreadState } from '#lib/core/state.ts';
import { findPlace, type Place } from '#lib/telegram/places.ts';
import type { BotServices } from '../bot-services.ts';
import { markdown } from '../render/markdown.ts';
import { finishText } from '../render/rich-text.ts';
import { lastOf } from '../render/safe-text.ts';

/** A draft is gone after 30 seconds: by then what it says must stand in a message. */
const draftSeconds = 20;
const draftEverySeconds = 1;
const shownCharacters = 3_000;

type Stream = {
  runId: string;
  text: string;
  since: number;
  sentAt: number;
  timer?: NodeJS.Timeout;
  places: Map<number, Place>;
  close(): void;
};

/**
 * Text as a model says it. In a private chat it streams as a draft; where that is not possible, and what goes on for longer than a draft lives, goes into
 * the run's message. `onLate` asks for that message to be brought up to date.
 */
export function createTypist(services: BotServices, onLate: (place: Place) => void) {
  const { bus, telegram } = services;
  /** By thread: the run that works there is the one that is heard. */
  const streams = new Map<string, Stream>();
  const { budget } = telegram;
  const withoutDrafts = new Set<number>();

  function open(state: ThreadState, runId: string): Stream {
    const stream: Stream = { runId, text: '', since: 0, sentAt: 0, places: new Map(), close: () => {} };
    const typing = followTyping(bus, state.workspaceId, state.threadId, (frame) => {
      if (frame.runId !== runId || frame.stream !== 'text') return;
      if (stream.text === '') stream.since = performance.now();
      stream.text = lastOf(stream.text + frame.text, shownCharacters);
      stream.timer ??= setTimeout(
        () => void show(stream).catch((error: unknown) => services.log('What is being said could not be shown', error)),
        Math.max(0, stream.sentAt + draftEverySeconds * budget.secondMs - performance.now()),
      );
    });
    stream.close = () => {
      clearTimeout(stream.timer);
      typing.close();
    };
    streams.set(state.threadId, stream);
    return stream;
  }

  function end(threadId: string): void {
    streams.get(threadId)?.close();
    streams.delete(threadId);
  }

  async function show(stream: Stream): Promise<void> {
    stream.timer = undefined;
    stream.sentAt = performance.now();
    const content = finishText(markdown(stream.text));
    if (content.text === '') return;
    for (const place of stream.places.values()) {
      if (!draftsIn(place) || isLate(stream)) {
        onLate(place);
        continue;
      }
      // Whoever is unlinked hears nothing more.
      if (!(await findPlace(services, place))) {
        leave(place);
        continue;
      }
      const target = { chat_id: place.chatId, ...(place.topicId ? { message_thread_id: place.topicId } : {}) };
      const sent = await telegram.attempt('sendMessageDraft', { ...target, draft_id: draftId(stream.runId), ...content });
      if (sent === 'refused') withoutDrafts.add(place.chatId);
    }
  }

  const draftsIn = ({ chatId }: Place) => chatId > 0 && !withoutDrafts.has(chatId);
  const isLate = ({ since }: Stream) => performance.now() - since > draftSeconds * budget.secondMs;

  function leave({ chatId, threadId }: Pick<Place, 'chatId' | 'threadId'>): void {
    const stream = streams.get(threadId);
    stream?.places.delete(chatId);
    if (stream?.places.size === 0) end(threadId);
  }

  return {
    /** Listens while the thread's run works; returns what the run's message should show of what is being said. */
    follow(place: Place, state: ThreadState): string {
      const { run, threadId } = state;
      const working = isActive(run) ? run?.runId : undefined;
      if (streams.get(threadId)?.runId !== working) end(threadId);
      if (!working) return '';
      const stream = streams.get(threadId) ?? open(state, working);
      stream.places.set(place.chatId, place);
      return draftsIn(place) && !isLate(stream) ? '' : stream.text;
    },
    /** The thread shows there no more. */
    leave,
    /** What was being said stands in the ledger now. */
    forget(threadId: string): void {
      const stream = streams.get(threadId);
      if (stream) stream.text = '';
    },
    close(): void {
      for (const stream of streams.values()) stream.close();
    },
  };
}

/** The same for all of a run, so that each draft grows out of the one before. */
function draftId(runId: string): number {
  let hash = 7;
  for (const character of runId) hash = (hash * 31 + character.charCodeAt(0)) | 0;
  return hash || 1;
}
