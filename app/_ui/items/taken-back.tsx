import type { Item } from '#lib/core/state.ts';
import { ItemView } from './item-renderers.tsx';

/** What a revert took out of the conversation: still there to read, no longer part of it. */
export function TakenBack({ items }: { items: Item[] }) {
  return (
    <details>
      <summary className="flex min-h-11 items-center text-ink-soft text-sm underline-offset-2 hover:underline">
        {items.length === 1 ? '1 entry was taken back' : `${items.length} entries were taken back`}
      </summary>
      <div className="space-y-3 border-line border-l-2 border-dashed pl-4 opacity-70">
        {items.map((item) => (
          <ItemView key={item.key} item={item} />
        ))}
      </div>
    </details>
  );
}
