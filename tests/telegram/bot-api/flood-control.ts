import { Refusal } from './check-content.ts';

/** Methods that count against the limits of their chat. */
const counted = /^(?:send(?!ChatAction|MessageDraft)|edit|copy|forward|createForumTopic)/;

type Limits = { secondMs: number; report: (problem: string) => void };

/**
 * Telegram's limits: in a chat one message per second with short bursts, in a group 20 per minute, 30 per second over all. Who goes over them is
 * told to wait, and going over them, or not waiting, is a problem that fails the test.
 */
export function floodControl({ secondMs, report }: Limits) {
  const sent = new Map<number | 'all', number[]>();
  const closedUntil = new Map<number | 'all', number>();

  function recent(key: number | 'all', seconds: number): number {
    const from = performance.now() - seconds * secondMs;
    const times = (sent.get(key) ?? []).filter((time) => time > performance.now() - 60 * secondMs);
    sent.set(key, times);
    return times.filter((time) => time > from).length;
  }

  function close(key: number | 'all', seconds: number): Refusal {
    closedUntil.set(key, performance.now() + seconds * secondMs);
    return new Refusal(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds });
  }

  return {
    /** Throws the 429, if there is one. */
    check(method: string, chatId: number | undefined, messages: number): void {
      for (const key of ['all', chatId] as const) {
        const until = key === undefined ? 0 : (closedUntil.get(key) ?? 0);
        // A timer may fire a millisecond early.
        const left = until - performance.now() - 1;
        if (key !== undefined && left > 0 && (counted.test(method) || key === 'all')) {
          report(`${method} came ${Math.ceil(left)} ms before its retry_after was over`);
          throw close(key, Math.ceil(left / secondMs));
        }
      }
      if (chatId === undefined || !counted.test(method)) return;
      const tooMany =
        (recent(chatId, 0.9) >= 4 && 'more than 4 messages in a second in one chat') ||
        (recent(chatId, 28) >= 32 && 'more than 32 messages in 28 seconds in one chat') ||
        (chatId < 0 && recent(chatId, 58) + messages > 20 && 'more than 20 messages in a minute in a group') ||
        (recent('all', 0.9) >= 30 && 'more than 30 messages in a second');
      if (tooMany) {
        report(`${method}: ${tooMany}`);
        throw close(chatId, 5);
      }
      for (const key of ['all', chatId] as const)
        sent.set(key, [...(sent.get(key) ?? []), ...Array.from({ length: messages }, () => performance.now())]);
    },
    /** As if the chat (or the bot) had been too loud. */
    close,
  };
}
