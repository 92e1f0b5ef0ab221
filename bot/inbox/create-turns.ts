/** Lets so many tasks work side by side; those behind them come in order. */
export function createTurns(most: number) {
  const waiting: (() => void)[] = [];
  let running = 0;
  return {
    async take(task: () => Promise<void>): Promise<void> {
      if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
      running += 1;
      try {
        await task();
      } finally {
        running -= 1;
        waiting.shift()?.();
      }
    },
    /** Nobody waits any longer. */
    letGo(): void {
      for (const resolve of waiting.splice(0)) resolve();
    },
  };
}
