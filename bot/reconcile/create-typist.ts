import { followTyping } from '#lib/bus/follow-typing.ts';
import { isActive, type ThreadState } from '#lib/core/state.ts';
import type { Place } from '#lib/telegram/places.ts';
import type { BotServices } from '../bot-services.ts';
import { markdown } from '../render/markdown.ts';
import { finishText } from '../render/rich-text.ts';

/** A draft is gone after 30 seconds: by then what it says must stand in a message. */
const draftSeconds = 20;
const draftEverySeconds = 1;
const shownCharacters = 3_000;

type Stream = { text: string; since: number; sentAt: number; timer?: NodeJS.Timeout; places: Map<number, Place>; close(): void };

/**
 * Text as a model says it. In a private chat it streams as a draft; where that is not possible, and what goes on for longer than a draft lives, goes into
 * the run's message. `onLate` asks for that message to be brought up to date.
 */
export function createTypist({ bus, telegram }: BotServices, onLate: (place: Place) => void) {
  const streams = new Map<string, Stream>();
  const { budget } = telegram;
  const withoutDrafts = new Set<number>();

  function open(state: ThreadState, runId: string): Stream {
    const stream: Stream = { text: '', since: 0, sentAt: 0, places: new Map(), close: () => {} };
    const typing = followTyping(bus, state.workspaceId, state.threadId, (frame) => {
      if (frame.runId !== runId || frame.stream !== 'text') return;
      if (stream.text === '') stream.since = performance.now();
      stream.text = (stream.text + frame.text).slice(-shownCharacters).toWellFormed();
      stream.timer ??= setTimeout(
        () => void show(stream, runId),
        Math.max(0, stream.sentAt + draftEverySeconds * budget.secondMs - performance.now()),
      );
    });
    stream.close = () => {
      clearTimeout(stream.timer);
      typing.close();
    };
    streams.set(runId, stream);
    return stream;
  }

  async function show(stream: Stream, runId: string): Promise<void> {
    stream.timer = undefined;
    stream.sentAt = performance.now();
    const content = finishText(markdown(stream.text));
    if (content.text === '') return;
    for (const place of stream.places.values()) {
      if (!draftsIn(place) || isLate(stream)) {
        onLate(place);
        continue;
      }
      const target = { chat_id: place.chatId, ...(place.topicId ? { message_thread_id: place.topicId } : {}) };
      const sent = await telegram.attempt('sendMessageDraft', { ...target, draft_id: draftId(runId), ...content });
      if (sent === 'refused') withoutDrafts.add(place.chatId);
    }
  }

  const draftsIn = ({ chatId }: Place) => chatId > 0 && !withoutDrafts.has(chatId);
  const isLate = ({ since }: Stream) => performance.now() - since > draftSeconds * budget.secondMs;

  return {
    /** Listens while the thread's run works; returns what the run's message should show of what is being said. */
    follow(place: Place, state: ThreadState): string {
      const { run } = state;
      if (!run) return '';
      const stream = streams.get(run.runId);
      if (!isActive(run)) {
        stream?.close();
        streams.delete(run.runId);
        return '';
      }
      const followed = stream ?? open(state, run.runId);
      followed.places.set(place.chatId, place);
      return draftsIn(place) && !isLate(followed) ? '' : followed.text;
    },
    /** What was being said stands in the ledger now. */
    forget(runId: string): void {
      const stream = streams.get(runId);
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
