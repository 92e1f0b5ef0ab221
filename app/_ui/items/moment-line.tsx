import type { FaceName } from '#lib/core/event.ts';
import { onFace } from '#lib/core/words/on-face.ts';
import { HostileText } from '../base/hostile-text.tsx';
import { Clock } from '../base/moment.tsx';
import { useOtherMember } from '../thread/thread-context.tsx';

/** Who said something where it was another member, when, and from which face where it was not this one. */
export function MomentLine({ at, via, userId }: { at: string; via?: FaceName; userId?: string }) {
  const other = useOtherMember(userId);
  return (
    <p className="contained mt-1 px-1 text-ink-soft text-xs">
      {other && <HostileText text={`${other} · `} />}
      <Clock at={at} />
      {via && via !== 'pwa' && ` · ${onFace[via]}`}
    </p>
  );
}
