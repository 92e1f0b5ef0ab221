import { Suspense } from 'react';
import { lazyPart } from '../base/lazy-part.ts';
import { Prose } from '../markdown/prose.tsx';

const LinkCards = lazyPart(async () => (await import('../embeds/link-cards.tsx')).LinkCards);

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
