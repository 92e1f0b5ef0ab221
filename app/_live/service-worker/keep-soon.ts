const settleMs = 4_000;
/** While agents work something changes all the time: then what is kept is at most this old. */
const busyMs = 20_000;

/** After each change: calls the newest `keep` once things settle, and only while the page is in sight. What it gives calls this off; the next change goes on. */
export function createKeepSoon(): (keep: () => void) => () => void {
  let dueAt: number | null = null;
  return (keep) => {
    dueAt ??= performance.now() + busyMs;
    const keepInSight = () => {
      if (document.hidden) return;
      document.removeEventListener('visibilitychange', keepInSight);
      dueAt = null;
      keep();
    };
    const due = () => {
      document.addEventListener('visibilitychange', keepInSight);
      keepInSight();
    };
    const timer = setTimeout(due, Math.min(settleMs, dueAt - performance.now()));
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', keepInSight);
    };
  };
}
