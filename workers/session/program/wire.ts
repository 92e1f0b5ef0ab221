import type { Session } from '#workers/sandbox/sandbox.ts';
import { type AcpError, type AcpId, writeMessage } from '../acp/acp-message.ts';
import { type Conversation, createConversation, type Heard } from '../acp/conversation.ts';
import { ProgramEnded, SessionTaken } from '../endings.ts';

/** Something of a session that a worker must look at. `isPast`: it was said before this worker came; the last of that is always told of. */
export type News = { kind: 'woken' } | (Heard & { line: number; isPast: boolean });

/** The Agent Client Protocol over a session's lines. */
export type Wire = {
  conversation: Conversation;
  /** Whether there is something that was said before this worker came, and that it has not heard. */
  isBehind(): boolean;
  line(): number;
  /** Waits for what comes next. Throws `SessionTaken`, or when the signal aborts. */
  next(): Promise<News>;
  /** Makes `next` return, now or when it is called. */
  wake(): void;
  /** Gives the request's id once it stands in the session's log. */
  send(method: string, params: unknown): Promise<number>;
  notify(method: string, params: unknown): Promise<void>;
  answer(id: AcpId, result: Record<string, unknown>): Promise<void>;
  refuse(id: AcpId, message: string): Promise<void>;
  /** Sends a request and waits for its answer; whatever else the program says meanwhile is not heard. Throws `ProgramEnded`. */
  ask(method: string, params: unknown): Promise<{ result: unknown; error?: AcpError }>;
};

const methodNotFound = -32601;

export function createWire(session: Session, signal: AbortSignal): Wire {
  const conversation = createConversation();
  const lines = session.lines(signal)[Symbol.asyncIterator]();
  let pending: ReturnType<typeof lines.next> | null = null;
  let woken = Promise.withResolvers<'woken'>();
  let line = 0;

  /** What is written is known at once: the answer to it may be read before its own line. */
  async function write(message: Record<string, unknown>): Promise<void> {
    const text = writeMessage(message);
    conversation.hear({ direction: 'in', text });
    await session.write(text);
  }

  async function next(): Promise<News> {
    for (;;) {
      pending ??= lines.next();
      pending.catch(() => {});
      const came = await Promise.race([pending, woken.promise]);
      if (came === 'woken') {
        woken = Promise.withResolvers();
        return { kind: 'woken' };
      }
      pending = null;
      signal.throwIfAborted();
      if (came.done) throw new SessionTaken('Another worker has taken the agent over.');
      line = came.value.n;
      const heard = conversation.hear(came.value);
      if (heard) return { ...heard, line, isPast: line <= session.knownLines };
      if (line === session.knownLines) return { kind: 'woken' };
    }
  }

  async function send(method: string, params: unknown): Promise<number> {
    const request = conversation.request(method, params);
    await write(request);
    return request.id;
  }

  const refuse = (id: AcpId, message: string) => write({ id, error: { code: methodNotFound, message } });

  return {
    conversation,
    isBehind: () => line < session.knownLines,
    line: () => line,
    next,
    wake: () => woken.resolve('woken'),
    send,
    notify: (method, params) => write({ method, params }),
    answer: (id, result) => write({ id, result }),
    refuse,
    async ask(method, params) {
      const id = await send(method, params);
      for (;;) {
        const news = await next();
        if (news.kind === 'ended') throw new ProgramEnded(news.detail);
        if (news.kind === 'asked') await refuse(news.id, 'Not now.');
        if (news.kind === 'answered' && news.id === id) return { result: news.result, ...(news.error ? { error: news.error } : {}) };
      }
    },
  };
}
