import { Prose } from '../base/prose.tsx';
import type { ItemProps } from './item-renderers.tsx';

export function MessageText({ item }: ItemProps<'message'>) {
  return (
    <div>
      <h2 className="sr-only">Message of the agent</h2>
      <Prose text={item.text} />
    </div>
  );
}
