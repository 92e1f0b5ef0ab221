/** Smaller goes first. An approval overtakes everything that waits; a mere edit of what stands there waits for all else. */
export const priorities = { approval: 0, answer: 1, news: 2, edit: 3 } as const;
export type Priority = (typeof priorities)[keyof typeof priorities];

export type SendBudget = ReturnType<typeof createSendBudget>;
type Waiter = { chatId: number; priority: Priority; messages: number; resolve: () => void; reject: (reason: unknown) => void };
type Chat = { tokens: number; countedAt: number; minute: number[]; closedUntil: number };

const burst = 3;
const perSecond = 28;
/** `onHeld`: Telegram wants nothing for a chat for so long, which a bot that starts again meanwhile should know. */
type Options = { secondMs?: number; now?: () => number; onHeld?: (chatId: number, ms: number) => void };
/** Two that tell of one moment differ by no more, as each is rounded to a second. */
const roundingSeconds = 1.5;
/** Beyond so many chats, those that are owed nothing are forgotten. */
const rememberedChats = 10_000;
/** Of the 20 messages that Telegram lets a group have in a minute; what is less urgent leaves some for what is more. */
const perGroupMinute: Record<Priority, number> = { 0: 19, 1: 18, 2: 16, 3: 12 };

/**
 * One budget for all that is sent, over all chats: a message per second in a chat with bursts of three, 20 per minute in a group, 30 per second in all.
 * `secondMs`: how long a second is, for a server of tests that lives faster.
 */
export function createSendBudget({ secondMs = 1_000, now = () => performance.now(), onHeld }: Options = {}) {
  const chats = new Map<number, Chat>();
  let waiters: Waiter[] = [];
  let sentTimes: number[] = [];
  let closedUntil = 0;
  let lastRefused: { chatId: number; until: number } | null = null;
  let timer: NodeJS.Timeout | undefined;

  function chatOf(chatId: number): Chat {
    if (chats.size > rememberedChats) forgetIdle();
    const chat = chats.get(chatId) ?? { tokens: burst, countedAt: now(), minute: [], closedUntil: 0 };
    chats.set(chatId, chat);
    const gained = (now() - chat.countedAt) / secondMs;
    chat.tokens = Math.min(burst, chat.tokens + gained);
    chat.countedAt = now();
    chat.minute = chat.minute.filter((time) => time > now() - 60 * secondMs);
    return chat;
  }

  function forgetIdle(): void {
    for (const [chatId, { countedAt, closedUntil: until }] of chats)
      if (Math.max(countedAt + 60 * secondMs, until) < now()) chats.delete(chatId);
  }

  /** When the bot as a whole may send so many more. */
  function secondHasRoomAt(messages: number): number {
    const over = sentTimes.length + messages - perSecond;
    return over > 0 ? (sentTimes[over - 1] ?? 0) + secondMs : 0;
  }

  /** When this chat may be sent so many messages of this priority; in the past when it may now. */
  function readyAt({ chatId, priority, messages }: Pick<Waiter, 'chatId' | 'priority' | 'messages'>): number {
    const chat = chatOf(chatId);
    const token = chat.tokens >= 1 ? 0 : now() + (1 - chat.tokens) * secondMs;
    const allowed = perGroupMinute[priority];
    const oldest = chat.minute.at(-Math.max(1, allowed - messages + 1));
    const group = chatId < 0 && oldest !== undefined ? oldest + 60 * secondMs + 1 : 0;
    return Math.max(token, group, chat.closedUntil, closedUntil, secondHasRoomAt(messages));
  }

  function spend(chatId: number, messages: number): void {
    const chat = chatOf(chatId);
    const times = Array.from({ length: messages }, now);
    chat.tokens -= messages;
    chat.minute.push(...times);
    sentTimes.push(...times);
  }

  function pump(): void {
    clearTimeout(timer);
    sentTimes = sentTimes.filter((time) => time > now() - secondMs);
    let next = Number.POSITIVE_INFINITY;
    const asked = new Set<string>();
    for (const waiter of waiters.toSorted((left, right) => left.priority - right.priority)) {
      const lane = `${waiter.chatId} ${waiter.priority}`;
      if (asked.has(lane)) continue;
      const ready = readyAt(waiter);
      if (ready > now()) {
        asked.add(lane);
        next = Math.min(next, ready);
        continue;
      }
      waiters = waiters.filter((other) => other !== waiter);
      spend(waiter.chatId, waiter.messages);
      waiter.resolve();
    }
    if (waiters.length > 0) timer = setTimeout(pump, Math.max(1, Math.ceil(next - now())));
  }

  /** Nothing goes to this chat before that. A second chat that is to wait for as long means that the bot as a whole is too loud. */
  function hold(chatId: number, ms: number): void {
    const chat = chatOf(chatId);
    const until = Math.max(chat.closedUntil, now() + ms);
    chat.closedUntil = until;
    if (lastRefused && lastRefused.chatId !== chatId && Math.abs(lastRefused.until - until) <= roundingSeconds * secondMs)
      closedUntil = Math.max(closedUntil, until, lastRefused.until);
    lastRefused = { chatId, until };
    pump();
  }

  return {
    secondMs,
    hold,
    /** Resolves when this chat may be sent something, of so many messages; the slot is spent by then. Rejects when `signal` aborts. */
    slot(chatId: number, priority: Priority, signal: AbortSignal, messages = 1): Promise<void> {
      return new Promise<void>((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        const leave = () => {
          waiters = waiters.filter((other) => other !== waiter);
          reject(signal.reason);
        };
        const done = () => {
          signal.removeEventListener('abort', leave);
          resolve();
        };
        const waiter: Waiter = { chatId, priority, messages, resolve: done, reject };
        signal.addEventListener('abort', leave, { once: true });
        waiters.push(waiter);
        pump();
      });
    },
    /** Whether a 429 still holds for this chat. */
    isClosed: (chatId: number) => Math.max(chatOf(chatId).closedUntil, closedUntil) > now(),
    /** What was sent is of another number of messages than its slot: none, where nothing had to be sent after all. */
    settle(chatId: number, { paid, sent }: { paid: number; sent: number }): void {
      if (sent > paid) spend(chatId, sent - paid);
      for (let left = paid - sent; left > 0; left -= 1) {
        chatOf(chatId).tokens += 1;
        chatOf(chatId).minute.pop();
        sentTimes.pop();
      }
      pump();
    },
    /** A 429. */
    refused(chatId: number, seconds: number): void {
      const ms = seconds * secondMs + 2;
      hold(chatId, ms);
      onHeld?.(chatId, ms);
    },
  };
}
