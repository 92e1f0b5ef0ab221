import { Check, CheckCheck } from 'lucide-react';
import { HostileText } from '../base/hostile-text.tsx';
import { useOtherMember } from '../thread/thread-context.tsx';
import { Bubble } from './bubble.tsx';
import type { ItemProps } from './item-renderers.tsx';

export function GuidanceBubble({ item }: ItemProps<'guidance'>) {
  const other = useOtherMember(item.userId);
  const Tick = item.delivered ? CheckCheck : Check;
  return (
    <div className="flex flex-col items-end">
      <h2 className="sr-only">Guidance</h2>
      <Bubble look="guidance" text={item.text} attachments={item.attachments} />
      <p className="mt-1 flex items-center gap-1 px-1 text-ink-soft text-xs">
        <Tick className={`size-3.5 ${item.delivered ? 'text-accent' : ''}`} aria-hidden />
        {other && <HostileText text={`${other} · `} />}
        {item.delivered ? 'The agent has it' : 'Waits for the agent'}
      </p>
    </div>
  );
}
