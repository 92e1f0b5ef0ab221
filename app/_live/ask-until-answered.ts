const usualRestMs = 5_000;

/** Asks until there is an answer, with a rest after each failure. Call what it gives to stop; `onAnswer` hears nothing from then on. */
export function askUntilAnswered<Answer>(
  ask: (signal: AbortSignal) => Promise<Answer>,
  onAnswer: (answer: Answer) => void,
  restMs = usualRestMs,
): () => void {
  const asking = new AbortController();
  const { signal } = asking;
  let rest: ReturnType<typeof setTimeout> | undefined;
  async function begin(): Promise<void> {
    try {
      const answer = await ask(signal);
      if (!signal.aborted) onAnswer(answer);
    } catch {
      if (!signal.aborted) rest = setTimeout(begin, restMs);
    }
  }
  void begin();
  return () => {
    asking.abort();
    clearTimeout(rest);
  };
}
