/** What a worker says to a relay, one JSON object a line. The first line of a connection says what it is for: `write` follows `attach`. */
export type RelayRequest =
  | { type: 'attach'; owner: string }
  | { type: 'write'; line: string; logged?: string }
  /** `unlessTakenFrom`: only when that owner is still the newest. */
  | { type: 'stop'; unlessTakenFrom?: string }
  /** Answered by `pausedAnswer`; no process of the program runs until the connection ends, whoever ends it. */
  | { type: 'pause' };

export const pausedAnswer = 'paused\n';

/** The first line that an attached worker hears; then come the log's own lines. */
export type RelayGreeting = { known: number };

/** Longest line in either direction, in bytes of UTF-8. */
export const lineLimitBytes = 8 * 1024 * 1024;
/** JSON writes a byte as six at most. */
export const wireLimitBytes = 6 * lineLimitBytes + 1024;
/** What the log of one program may grow to. */
export const logLimitBytes = 128 * 1024 * 1024;
