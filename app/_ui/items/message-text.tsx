import { AgentWords } from './agent-words.tsx';
import type { ItemProps } from './item-renderers.tsx';

export function MessageText({ item }: ItemProps<'message'>) {
  return (
    <>
      <h2 className="sr-only">Message of the agent</h2>
      <AgentWords text={item.text} />
    </>
  );
}
