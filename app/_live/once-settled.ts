const settleMs = 1_000;

/** Does what a page can do without while it comes to life a little after that. Gives how to call it off. */
export function onceSettled(act: () => void): () => void {
  const timer = setTimeout(act, settleMs);
  return () => clearTimeout(timer);
}
