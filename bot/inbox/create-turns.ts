/** Lets so many tasks work side by side; those behind them come in order. */
export function createTurns(most: number) {
  const waiting: (() => void)[] = [];
  let running = 0;
  return {
    async take(task: () => Promise<void>): Promise<void> {
      if (running < most) running += 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        await task();
      } finally {
        const next = waiting.shift();
        // The turn goes over to whoever waits: nobody who comes just now takes it first.
        if (next) next();
        else running -= 1;
      }
    },
  };
}
