import { CircleCheck, CircleDashed, CircleMinus, type LucideIcon } from 'lucide-react';
import type { RunExtent } from '#lib/core/state.ts';

export type Look = { Icon: LucideIcon; tone: string };

/** A run that ended well, by how much of its plan it did. */
export const completedLooks: Record<RunExtent, Look> = {
  whole: { Icon: CircleCheck, tone: 'text-good' },
  part: { Icon: CircleDashed, tone: 'text-ink' },
  nothing: { Icon: CircleMinus, tone: 'text-ink-soft' },
};
