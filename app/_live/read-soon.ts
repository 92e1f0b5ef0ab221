const settleMs = 250;
/** While agents work something changes all the time: it is read this often then, and no more. */
const busyMs = 1_000;

/** Reads shortly after something changed. What changes while a reading is under way is read after it: on a slow line none would ever stand otherwise. `read` never rejects. */
export function createReadSoon(read: () => Promise<void>) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let readAt = Number.NEGATIVE_INFINITY;
  let isReading = false;
  let hasChanged = false;
  let isOver = false;

  function change(): void {
    hasChanged = true;
    if (isReading || isOver) return;
    timer ??= setTimeout(begin, Math.max(settleMs, readAt + busyMs - performance.now()));
  }

  async function begin(): Promise<void> {
    timer = undefined;
    hasChanged = false;
    isReading = true;
    readAt = performance.now();
    await read();
    isReading = false;
    if (hasChanged) change();
  }

  return {
    change,
    stop(): void {
      isOver = true;
      clearTimeout(timer);
    },
  };
}
