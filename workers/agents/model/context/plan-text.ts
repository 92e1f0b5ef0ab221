import type { StepState } from '#lib/core/state.ts';
import { excerpt } from '#lib/core/words/excerpt.ts';

const notesLimit = 1_500;
/** Characters of the notes of all steps. */
const allNotesLimit = 30_000;

/** A plan as the model reads it. */
export function planText(steps: readonly StepState[]): string {
  const limit = Math.min(notesLimit, Math.floor(allNotesLimit / Math.max(1, steps.length)));
  return steps
    .map(({ step_id, title, kind, status, depends_on, notes, note }) => {
      const after = depends_on.length > 0 ? `, after ${depends_on.join(', ')}` : '';
      const more = [notes && excerpt(notes, limit), note && `ended: ${note}`].filter(Boolean).map((line) => `\n   ${line}`);
      return `${step_id} [${status}] ${title} (${kind}${after})${more.join('')}`;
    })
    .join('\n');
}
