const shortestMs = 250;
const longestMs = 5_000;
/** How much the newest pause between two messages counts against those before it. */
const weight = 0.5;
const usualPauses = 1.5;

/** What a device remembers of how often it hears something. Times in ms. */
export type Hearing = { heardAt: number; pauseMs: number };

export function startHearing(at: number): Hearing {
  return { heardAt: at, pauseMs: longestMs };
}

/** After a message that came at `at`. */
export function hear({ heardAt, pauseMs }: Hearing, at: number): Hearing {
  return { heardAt: at, pauseMs: pauseMs * (1 - weight) + Math.min(at - heardAt, longestMs) * weight };
}

/** After a sign was asked for at `at`: a silence of that length is nothing unusual any more, so a stream that ended is asked about less and less often. */
export function ask({ heardAt, pauseMs }: Hearing, at: number): Hearing {
  return { heardAt: at, pauseMs: Math.max(pauseMs, Math.min(at - heardAt, longestMs)) };
}

/**
 * When to ask for a sign: once nothing was heard for longer than what lay between two messages of late. So a stream that breaks off is asked about
 * at once, an even one that goes on is not asked about, and a quiet link seldom. To ask costs a few bytes each way.
 */
export function askAt({ heardAt, pauseMs }: Hearing): number {
  return heardAt + Math.min(Math.max(usualPauses * pauseMs, shortestMs), longestMs);
}
