/** Something of it changed in this thread. */
export function ChangedDot() {
  return (
    <span className="size-1.5 shrink-0 rounded-full bg-accent" title="Changed in this thread">
      <span className="sr-only">changed in this thread</span>
    </span>
  );
}
