import { Check } from 'lucide-react';

/** In the place of the way to revert what is reverted already. */
export function RevertedMark() {
  return (
    <span className="inline-flex min-h-11 items-center gap-1.5 px-2.5 text-ink-soft text-xs">
      <Check className="size-3.5" aria-hidden />
      Reverted
    </span>
  );
}
