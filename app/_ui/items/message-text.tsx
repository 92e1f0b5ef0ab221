import { lazy, Suspense } from 'react';
import { untilLoaded } from '../base/until-loaded.ts';
import { Prose } from '../markdown/prose.tsx';
import type { ItemProps } from './item-renderers.tsx';

const LinkCards = lazy(async () => ({ default: (await untilLoaded(() => import('../embeds/link-cards.tsx'))).LinkCards }));

export function MessageText({ item }: ItemProps<'message'>) {
  return (
    <div className="space-y-3">
      <h2 className="sr-only">Message of the agent</h2>
      <Prose text={item.text} />
      {item.text.includes('://') && (
        <Suspense>
          <LinkCards text={item.text} />
        </Suspense>
      )}
    </div>
  );
}
