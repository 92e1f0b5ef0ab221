import { ChevronRight } from 'lucide-react';
import { formatCount } from '#lib/core/words/format.ts';
import type { ChangeReason } from '#lib/review/explain-changes.ts';
import { SentenceWithCode } from '../base/hostile-text.tsx';

/** Why a file was changed, in the agent's words: the newest reason, and the others folded below it. */
export function ChangeReasons({ reasons }: { reasons: readonly ChangeReason[] }) {
  const [newest, ...older] = reasons;
  if (!newest) return null;
  return (
    <div className="px-3 py-2 text-sm">
      <Reason reason={newest} />
      {older.length > 0 && (
        <details className="group">
          <summary className="-mx-1 inline-flex min-h-11 items-center gap-1 rounded-control px-1 text-ink-soft text-xs hover:text-ink">
            <ChevronRight className="size-3.5 transition-transform duration-100 group-open:rotate-90" aria-hidden />
            {formatCount(older.length, 'earlier change')}
          </summary>
          <ol className="space-y-2 pb-1">
            {older.map((reason) => (
              <li key={reason.checkpointId}>
                <Reason reason={reason} />
              </li>
            ))}
          </ol>
        </details>
      )}
    </div>
  );
}

function Reason({ reason: { number, label, explanation, confidence } }: { reason: ChangeReason }) {
  return (
    <p className="contained text-ink-soft">
      <span className="tabular font-medium text-ink">#{number}</span> <SentenceWithCode text={explanation || label} />
      {confidence !== undefined && (
        <span className="text-xs"> · {`${Math.round(confidence * 100)}\u00a0%\u00a0sure`} that this was meant</span>
      )}
    </p>
  );
}
