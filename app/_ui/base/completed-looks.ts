import { CircleCheck, CircleDashed, CircleMinus, type LucideIcon } from 'lucide-react';
import type { RunExtent } from '#lib/core/state.ts';

export type Look = { Icon: LucideIcon; tone: string; word: string };

/** A run that ended well, by how much of its plan it did. */
export const completedLooks: Record<RunExtent, Look> = {
  whole: { Icon: CircleCheck, tone: 'text-good', word: 'Done' },
  part: { Icon: CircleDashed, tone: 'text-ink', word: 'Done in part' },
  nothing: { Icon: CircleMinus, tone: 'text-ink-soft', word: 'Nothing was done' },
};
