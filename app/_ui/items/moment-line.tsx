import type { FaceName } from '#lib/core/event.ts';
import { onFace } from '#lib/core/words/on-face.ts';
import { Clock } from '../base/moment.tsx';

/** When something was said, and from which face where it was not this one. */
export function Moment({ at, via }: { at: string; via?: FaceName }) {
  return (
    <p className="mt-1 px-1 text-ink-soft text-xs">
      <Clock at={at} />
      {via && via !== 'pwa' && ` · ${onFace[via]}`}
    </p>
  );
}
