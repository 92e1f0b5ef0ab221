/**
 * Lets so many tasks work side by side; those behind them come in order. A task that takes longer than `patienceMs` waits for something outside, such as
 * a chat that Telegram holds back, and gives its turn to whoever is next.
 */
export function createTurns(most: number, patienceMs: number) {
  const waiting: (() => void)[] = [];
  let running = 0;

  function takeTurn(): { giveBack(): void } {
    let isMine = true;
    return {
      giveBack() {
        if (!isMine) return;
        isMine = false;
        const next = waiting.shift();
        // The turn goes over to whoever waits: nobody who comes just now takes it first.
        if (next) next();
        else running -= 1;
      },
    };
  }

  return {
    async take(task: () => Promise<void>): Promise<void> {
      if (running < most) running += 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      const turn = takeTurn();
      const timer = setTimeout(turn.giveBack, patienceMs);
      try {
        await task();
      } finally {
        clearTimeout(timer);
        turn.giveBack();
      }
    },
  };
}
