import { lazy, Suspense } from 'react';
import { untilLoaded } from '../base/until-loaded.ts';
import { Prose } from '../markdown/prose.tsx';

const LinkCards = lazy(async () => ({ default: (await untilLoaded(() => import('../embeds/link-cards.tsx'))).LinkCards }));

/** What an agent said, and the addresses in it to look at. */
export function AgentWords({ text }: { text: string }) {
  return (
    <div className="space-y-3">
      <Prose text={text} />
      {text.includes('://') && (
        <Suspense>
          <LinkCards text={text} />
        </Suspense>
      )}
    </div>
  );
}
