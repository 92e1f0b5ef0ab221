import { unreachable } from './request.ts';

const longestSilenceMs = 1_000;
const shortestSilenceMs = 300;
/** As many connections as a browser may keep to one host: all of them can be dead. From then on the line is taken for a slow one. */
const quickAskings = 6;
const mostAskings = 9;
/** Room is left for others: a browser opens no connection beyond those six. */
const mostOpen = 4;

/** What the last answer took. A line that answers quickly is taken for dead sooner. */
let answerMs = longestSilenceMs;

/**
 * Asks, and where nothing comes back for a moment asks again beside it: a phone that slept or moved keeps connections that nobody answers any more, and its
 * browser goes on using them. The first answer counts and the rest is let go, which closes what was dead. `onSign` says that an answer is still
 * coming. Rejects when every asking failed or stayed silent. Only for what may be asked more than once.
 */
export function askPastSilence<Answer>(
  ask: (signal: AbortSignal, onSign: () => void) => Promise<Answer>,
  quickMs = Math.min(Math.max(4 * answerMs, shortestSilenceMs), longestSilenceMs),
  slowMs = longestSilenceMs,
): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const open = new Set<AbortController>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let askings = 0;
  let over = false;

  function end(settle: () => void): void {
    over = true;
    clearTimeout(timer);
    for (const asking of open) asking.abort();
    settle();
  }

  function wait(): void {
    clearTimeout(timer);
    if (over) return;
    const giveUp = () => end(() => reject(unreachable()));
    const silenceMs = askings <= quickAskings ? quickMs : slowMs * 2 ** (askings - quickAskings);
    timer = setTimeout(askings < mostAskings ? begin : giveUp, silenceMs);
  }

  function begin(): void {
    const [oldest] = open;
    if (oldest && open.size === mostOpen) {
      open.delete(oldest);
      oldest.abort();
    }
    const asking = new AbortController();
    const begunAt = Date.now();
    open.add(asking);
    askings += 1;
    wait();
    ask(asking.signal, wait).then(
      (answer) => {
        if (over) return;
        answerMs = Date.now() - begunAt;
        end(() => resolve(answer));
      },
      (error: unknown) => open.delete(asking) && open.size === 0 && !over && end(() => reject(error)),
    );
  }

  begin();
  return promise;
}
