const shortestMs = 500;
const longestMs = 5_000;
/** How much the newest pause between two messages counts against those before it. */
const weight = 0.2;
const usualPauses = 4;

/** What a device remembers of how often it hears something. Times in ms. */
export type Hearing = { heardAt: number; pauseMs: number };

export function startHearing(at: number): Hearing {
  return { heardAt: at, pauseMs: longestMs };
}

/** After a message that came at `at`. */
export function hear({ heardAt, pauseMs }: Hearing, at: number): Hearing {
  return { heardAt: at, pauseMs: pauseMs * (1 - weight) + Math.min(at - heardAt, longestMs) * weight };
}

/**
 * When to ask for a sign: once nothing was heard for a few times what lay between two messages of late. So a stream that breaks off is asked about
 * at once, one that goes on is never asked about, and a quiet link as seldom as ever.
 */
export function askAt({ heardAt, pauseMs }: Hearing): number {
  return heardAt + Math.min(Math.max(usualPauses * pauseMs, shortestMs), longestMs);
}
