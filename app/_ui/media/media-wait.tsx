export function MediaWait() {
  return (
    <p role="status" className="flex min-h-40 animate-breathe items-center justify-center text-ink-soft text-sm">
      Opening
    </p>
  );
}
