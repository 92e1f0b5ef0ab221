import { type ComponentType, memo } from 'react';
import type { Item, ItemKind } from '#lib/core/state.ts';
import { ApprovalCard } from '../approval/approval-card.tsx';
import { CallRow } from './call-row.tsx';
import { CheckpointRow } from './checkpoint-row.tsx';
import { GoalBubble } from './goal-bubble.tsx';
import { GuidanceBubble } from './guidance-bubble.tsx';
import { MessageText } from './message-text.tsx';
import { NoticeRow } from './notice-row.tsx';
import { PlanCard } from './plan-card.tsx';
import { RevertRow } from './revert-row.tsx';
import { RunEnded } from './run-ended.tsx';

export type ItemProps<Kind extends ItemKind> = { item: Extract<Item, { kind: Kind }> };

/** One renderer per kind of item; a kind without one does not compile. */
const renderers: { [Kind in ItemKind]: ComponentType<ItemProps<Kind>> } = {
  goal: GoalBubble,
  guidance: GuidanceBubble,
  message: MessageText,
  plan: PlanCard,
  call: CallRow,
  approval: ApprovalCard,
  checkpoint: CheckpointRow,
  revert: RevertRow,
  notice: NoticeRow,
  'run-ended': RunEnded,
};

/** The fold keeps an item's identity until it changes, so only what changed is drawn again. */
export const ItemView = memo(function ItemView({ item }: { item: Item }) {
  const Renderer = renderers[item.kind] as ComponentType<{ item: Item }>;
  return <Renderer item={item} />;
});
