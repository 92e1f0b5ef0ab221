/** Writes the newest of what is put a while after the last change, or at once with `flush`. */
export function writeLater<Value>(write: (value: Value) => void, afterMs: number) {
  let pending: { value: Value; timer: ReturnType<typeof setTimeout> } | null = null;

  function drop(): void {
    clearTimeout(pending?.timer);
    pending = null;
  }

  function flush(): void {
    const waiting = pending;
    drop();
    if (waiting) write(waiting.value);
  }

  return {
    put(value: Value): void {
      drop();
      pending = { value, timer: setTimeout(flush, afterMs) };
    },
    drop,
    flush,
  };
}
