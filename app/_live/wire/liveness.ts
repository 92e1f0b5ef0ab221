import { ask, askAt, hear, startHearing } from './silence.ts';

const shortestPatienceMs = 250;
const longestPatienceMs = 5_000;
/** How long a page that is out of sight waits before it looks whether it is in sight. */
const restMs = 5_000;

export type LivenessParts = {
  /** Asks the other side for a sign and gives what that took, in ms. Rejects where the connection knows itself that it is broken. */
  askSign(): Promise<number>;
  /** No sign came in twice what it took the last time. */
  onDoubt(): void;
  /** And none in as long again. The connection opens anew, and rejects what was asked. */
  onDead(): void;
  isHidden(): boolean;
};

/** Watches over a connection that may die in silence. `rttMs`: about what an answer takes, until one was measured. */
export function createLiveness({ askSign, onDoubt, onDead, isHidden }: LivenessParts, rttMs: number) {
  let hearing = startHearing(Date.now());
  let look: ReturnType<typeof setTimeout> | undefined;
  let lookAt = 0;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let asked: object | null = null;

  function endWait(): void {
    clearTimeout(waiting);
    asked = null;
  }

  async function check(): Promise<void> {
    if (asked) return;
    const mine = {};
    asked = mine;
    const patienceMs = Math.min(Math.max(2 * rttMs, shortestPatienceMs), longestPatienceMs);
    const die = () => {
      endWait();
      // The line may have become slow: twice the patience the next time.
      rttMs = patienceMs;
      onDead();
    };
    // One begins in the other: an answer that waits behind a busy page is heard in between.
    waiting = setTimeout(() => {
      onDoubt();
      waiting = setTimeout(die, patienceMs);
    }, patienceMs);
    const tookMs = await askSign().catch(() => null);
    // Also where a message came first: it is what an answer takes.
    if (tookMs !== null) rttMs = tookMs;
    if (asked === mine) endWait();
  }

  /** A page in sight asks when it hears nothing though it should. */
  function watch(): void {
    if (!isHidden() && askAt(hearing) <= Date.now()) {
      hearing = ask(hearing, Date.now());
      void check();
    }
    clearTimeout(look);
    lookAt = isHidden() ? Date.now() + restMs : askAt(hearing);
    look = setTimeout(watch, lookAt - Date.now());
  }

  watch();
  return {
    check: () => void check(),
    /** After the connection opened anew, in `tookMs`. A line that became slow says so here: a dropped socket never gives its answer. */
    reopened(tookMs: number): void {
      rttMs = Math.max(rttMs, tookMs);
      void check();
    },
    /** After each message, which is a sign too. What was planned while little was said is too late for a stream that begins. */
    heard(): void {
      endWait();
      hearing = hear(hearing, Date.now());
      if (askAt(hearing) < lookAt) watch();
    },
    close(): void {
      endWait();
      clearTimeout(look);
    },
  };
}
