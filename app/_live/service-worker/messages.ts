/** What a page asks of the service worker. */
export type WorkerMessage =
  | { type: 'take-over' }
  /** Pages to keep for reading without a network; `since`: only when the copy is older. */
  | { type: 'keep'; pages: { path: string; since?: string }[] }
  /** Somebody looks at this thread: its notification goes. */
  | { type: 'seen'; threadId: string }
  | { type: 'forget' }
  /** Answered with the date of the copy that the page was opened from, or null. */
  | { type: 'as-of' }
  | { type: 'version' };
