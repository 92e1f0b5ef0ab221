const everySeconds = 600;
const rememberedStrangers = 10_000;

export type Manners = ReturnType<typeof createManners>;

/** Who is not linked is answered so many times in ten minutes, so that a crowd of strangers keeps nobody else waiting. */
export function createManners(most: number) {
  const answered = new Map<number, number[]>();
  return {
    isDue(strangerId: number, secondMs: number): boolean {
      const now = performance.now();
      const lately = (answered.get(strangerId) ?? []).filter((time) => now - time < everySeconds * secondMs);
      if (lately.length >= most) return false;
      answered.delete(strangerId);
      answered.set(strangerId, [...lately, now]);
      const oldest = answered.keys().next().value;
      if (answered.size > rememberedStrangers && oldest !== undefined) answered.delete(oldest);
      return true;
    },
  };
}
