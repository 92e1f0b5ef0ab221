import { setTimeout as sleep } from 'node:timers/promises';
import { type Api, GrammyError, HttpError, type RawApi } from 'grammy';
import type { Priority, SendBudget } from './send-budget.ts';

type Method = keyof RawApi;
type Payload<M extends Method> = Parameters<RawApi[M]>[0];
type Result<M extends Method> = Awaited<ReturnType<RawApi[M]>>;

/** Telegram did not take it now; what is to be sent should be thought of anew. */
export class TryAgain extends Error {}

export type Telegram = ReturnType<typeof createTelegram>;

const longestWaitSeconds = 30;
/** No timer lives for a month: whoever is told to wait for longer asks once more on the way. */
const longestObeyedSeconds = 20 * 86_400;
/** So often in a row a call is lost before the log says so. */
const noticedAttempts = 4;
/** A file that is lost so often, while Telegram answers to all else, is one that it does not take. */
const mostUploads = 8;
const heardSeconds = 60;
const uploadMethods = /^send(?:Photo|Video|Audio|Voice|Document|MediaGroup)$/;

/** Every call to Telegram: within the budget, obeying `retry_after`, trying again what the network or the server lost. */
/** `signal` ends waiting; a call that is under way may still come to its end, until `deadline`, so that what was sent is known. */
export function createTelegram({
  api,
  uploads,
  budget,
  signal,
  deadline,
  log,
}: {
  api: Api;
  /** For files, which take their time. */
  uploads: Api;
  budget: SendBudget;
  signal: AbortSignal;
  deadline: AbortSignal;
  log(line: string, error?: unknown): void;
}) {
  let heardAt = Number.NEGATIVE_INFINITY;
  const isHeard = () => performance.now() - heardAt < heardSeconds * budget.secondMs;

  async function call<M extends Method>(method: M, payload: Payload<M>): Promise<Result<M>> {
    const { raw } = uploadMethods.test(method) ? uploads : api;
    const run = raw[method] as (payload: Payload<M>, signal?: AbortSignal) => Promise<Result<M>>;
    const result = await run(payload, method === 'getUpdates' ? signal : deadline);
    heardAt = performance.now();
    return result;
  }

  /** Waits as Telegram says, or longer each time where it says nothing. Throws what trying again does not help. */
  async function wait(error: unknown, { method, chatId, attempt }: { method?: Method; chatId?: number; attempt: number }): Promise<void> {
    signal.throwIfAborted();
    const seconds = retryAfter(error);
    if (seconds !== null && chatId !== undefined) return budget.refused(chatId, seconds);
    const isHopeless = method !== undefined && uploadMethods.test(method) && attempt + 1 >= mostUploads && isHeard();
    // A token that was revoked says nothing of a chat: what should stand there waits for the bot that starts with the new one.
    const mayPass = isPassing(error) || (chatId !== undefined && isUnknownToken(error));
    if (!mayPass || isHopeless) throw error;
    if (attempt + 1 === noticedAttempts) log('Telegram does not answer, and is asked until it does', error);
    const pause = seconds ?? Math.min(longestWaitSeconds, 0.5 * 2 ** attempt);
    await sleep(pause * budget.secondMs, undefined, { signal });
  }

  async function patiently<Value>(run: () => Promise<Value>): Promise<Value> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await run();
      } catch (error) {
        await wait(error, { attempt });
      }
    }
  }

  return {
    budget,
    signal,
    /** Sends within the budget, until it is sent. Throws a GrammyError for what Telegram refuses. */
    async send<M extends Method>(priority: Priority, method: M, payload: Payload<M> & { chat_id: number }): Promise<Result<M>> {
      for (let attempt = 0; ; attempt += 1) {
        await budget.slot(payload.chat_id, priority, signal);
        try {
          return await call(method, payload);
        } catch (error) {
          await wait(error, { method, chatId: payload.chat_id, attempt });
        }
      }
    },
    /** Sends now, in a slot that is taken already. Throws `TryAgain`, after the wait, for what may work later. */
    async sendOnce<M extends Method>(attempt: number, method: M, payload: Payload<M> & { chat_id: number }): Promise<Result<M>> {
      try {
        return await call(method, payload);
      } catch (error) {
        await wait(error, { method, chatId: payload.chat_id, attempt });
        throw new TryAgain('Telegram did not take it.', { cause: error });
      }
    },
    /** For calls that no chat sees: they cost nothing of the budget. */
    ask<M extends Method>(method: M, payload: Payload<M>): Promise<Result<M>> {
      return patiently(() => call(method, payload));
    },
    whoAmI: () => patiently(() => api.getMe(signal as Parameters<Api['getMe']>[0])),
    /** For what is worth one try: an answer to a tap, a sign of life, a draft. Nothing goes to a chat that Telegram wants left alone. */
    async attempt<M extends Method>(method: M, payload: Payload<M>): Promise<'done' | 'refused' | 'lost'> {
      const chatId = (payload as { chat_id?: number }).chat_id;
      if (chatId !== undefined && budget.isClosed(chatId)) return 'lost';
      try {
        await call(method, payload);
        return 'done';
      } catch (error) {
        const seconds = retryAfter(error);
        if (seconds !== null && chatId !== undefined) budget.refused(chatId, seconds);
        return error instanceof GrammyError && !isPassing(error) ? 'refused' : 'lost';
      }
    },
  };
}

export function retryAfter(error: unknown): number | null {
  if (!(error instanceof GrammyError) || error.error_code !== 429) return null;
  return Math.min(longestObeyedSeconds, Math.max(1, error.parameters.retry_after ?? 1));
}

export function isUnknownToken(error: unknown): boolean {
  return error instanceof GrammyError && (error.error_code === 401 || error.error_code === 404);
}

function isPassing(error: unknown): boolean {
  return error instanceof HttpError || (error instanceof GrammyError && (error.error_code === 429 || error.error_code >= 500));
}

/** Where the chat is now, when it became a supergroup. */
export function movedTo(error: unknown): number | null {
  return error instanceof GrammyError ? (error.parameters.migrate_to_chat_id ?? null) : null;
}

/** Also where the bot may stay, and not speak. */
const closedChat =
  /chat not found|PEER_ID_INVALID|CHAT_WRITE_FORBIDDEN|CHAT_RESTRICTED|no(?:t enough)? rights to send (?:text messages|a message)/;

/** What Telegram says about a call that it refuses for good. */
export function refusalOf(error: unknown): 'unchanged' | 'message-gone' | 'topic-gone' | 'chat-gone' | 'other' {
  if (error instanceof HttpError) return 'other';
  if (!(error instanceof GrammyError)) throw error;
  const { description } = error;
  if (/message is not modified/.test(description)) return 'unchanged';
  if (/message to edit not found|message can't be edited|message to delete not found|no text in the message/.test(description))
    return 'message-gone';
  if (/message thread not found|TOPIC_(?:DELETED|CLOSED|ID_INVALID)/i.test(description)) return 'topic-gone';
  if (error.error_code === 403 || closedChat.test(description)) return 'chat-gone';
  return 'other';
}
