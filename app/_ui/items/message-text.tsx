import { Prose } from '../base/prose.tsx';
import { LinkCards } from '../embeds/link-cards.tsx';
import type { ItemProps } from './item-renderers.tsx';

export function MessageText({ item }: ItemProps<'message'>) {
  return (
    <div className="space-y-3">
      <h2 className="sr-only">Message of the agent</h2>
      <Prose text={item.text} />
      <LinkCards text={item.text} />
    </div>
  );
}
