/** In one thread in one second: far more than anybody reads, and no more than a phone can show. */
const mostFrames = 500;
const mostCharacters = 200_000;

/** Whether there is room for so many more characters of a thread's text as it is typed. What finds none is left out: its end stands in the ledger. */
export function createTypingLimit(now: () => number = Date.now): (threadId: string, characters: number) => boolean {
  const threads = new Map<string, { frames: number; characters: number }>();
  let second = 0;
  return (threadId, characters) => {
    const current = Math.floor(now() / 1_000);
    if (current !== second) threads.clear();
    second = current;
    const typed = threads.get(threadId) ?? { frames: 0, characters: 0 };
    threads.set(threadId, typed);
    if (typed.frames >= mostFrames || typed.characters + characters > mostCharacters) return false;
    typed.frames += 1;
    typed.characters += characters;
    return true;
  };
}
