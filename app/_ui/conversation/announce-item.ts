import type { Item } from '#lib/core/state.ts';
import { describeStatus } from '#lib/core/words/describe-run.ts';
import { plainWords } from '#lib/core/words/plain-words.ts';

/** What a screen reader is told of a new row, or null where it would be drowned. */
export function announceItem(item: Item): string | null {
  switch (item.kind) {
    case 'approval':
      return `The agent asks for your answer. ${item.approval.reason}`;
    case 'message':
      return `Agent: ${plainWords(item.text)}`;
    case 'plan':
      return item.steps.length === 1 ? 'A plan of one step.' : `A plan of ${item.steps.length} steps.`;
    case 'run-ended':
      return `The run has ended: ${describeStatus(item.status, item.extent)}. ${plainWords(item.text.slice(item.saidLength))}`;
    default:
      return null;
  }
}
