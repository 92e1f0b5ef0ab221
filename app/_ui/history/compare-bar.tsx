import { X } from 'lucide-react';
import Link from 'next/link';
import { buttonClass, iconButtonClass } from '../base/button.tsx';

type CompareBarProps = { threadId: string; picks: readonly number[]; onCancel(): void };

/** Two checkpoints are picked from the list; the older one is what the newer one is compared with. */
export function CompareBar({ threadId, picks, onCancel }: CompareBarProps) {
  const [first, second] = picks;
  const [from, to] = [...picks].sort((left, right) => left - right);
  const words =
    first === undefined
      ? 'Pick two checkpoints.'
      : second === undefined
        ? `#${first} and …? Pick another one.`
        : `#${from} compared with #${to}`;
  return (
    <div className="mx-auto flex max-w-wide items-center gap-2 px-safe pt-3 pb-safe">
      <p role="status" className="tabular min-w-0 flex-1 text-sm">
        {words}
      </p>
      {second !== undefined && (
        <Link href={`/threads/${threadId}/changes?from=${from}&to=${to}`} className={buttonClass('primary')}>
          Show changes
        </Link>
      )}
      <button type="button" aria-label="Stop comparing" onClick={onCancel} className={iconButtonClass}>
        <X className="size-5" aria-hidden />
      </button>
    </div>
  );
}
