const underWay = new Set<Promise<unknown>>();

/** Work that would be lost if the page were loaded anew before it ends. */
export function holdPage<Result>(work: Promise<Result>): Promise<Result> {
  underWay.add(work);
  const end = () => underWay.delete(work);
  work.then(end, end);
  return work;
}

/** Resolves when the page may be loaded anew. */
export async function untilLetGo(): Promise<void> {
  while (underWay.size > 0) await Promise.allSettled(underWay);
}
