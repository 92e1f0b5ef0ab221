import { Bubble } from './bubble.tsx';
import type { ItemProps } from './item-renderers.tsx';
import { MomentLine } from './moment-line.tsx';

export function GoalBubble({ item }: ItemProps<'goal'>) {
  return (
    <div className="flex flex-col items-end">
      <h2 className="sr-only">Goal</h2>
      <Bubble look="goal" text={item.text} attachments={item.attachments} />
      <MomentLine at={item.at} via={item.via} userId={item.userId} />
    </div>
  );
}
