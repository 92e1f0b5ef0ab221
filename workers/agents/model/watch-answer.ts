import type { TextStreamPart, ToolSet } from 'ai';
import { formatCount } from '#lib/core/words/format.ts';
import { ModelError } from './model-error.ts';

/** More than any model may say at once, thinking included: a server that has no limit of its own repeats itself for ever. */
const answerCharacters = 1_000_000;

/** Aborts with a `ModelError` when nothing is heard for too long, or far too much. The SDK's own time-outs begin only once the provider has answered. */
export function watchAnswer({ firstMs, stallMs }: { firstMs: number; stallMs: number }, name: string) {
  const controller = new AbortController();
  const minutes = Math.ceil(firstMs / 60_000);
  const abortAfter = (ms: number, words: string) => setTimeout(() => controller.abort(new ModelError('silent', `${name} ${words}`)), ms);
  let timer = abortAfter(firstMs, `did not begin to answer within ${formatCount(minutes, 'minute')}.`);
  let characters = 0;
  const end = () => clearTimeout(timer);
  return {
    signal: controller.signal,
    hear(part: TextStreamPart<ToolSet>) {
      if (part.type === 'start' || part.type === 'start-step') return;
      end();
      timer = abortAfter(stallMs, 'stopped in the middle of its answer.');
      characters += lengthOf(part);
      if (characters > answerCharacters)
        controller.abort(new ModelError('transient', `The answer of ${name} came to no end.`, Number.POSITIVE_INFINITY));
    },
    end,
  };
}

function lengthOf(part: TextStreamPart<ToolSet>): number {
  if (part.type === 'text-delta' || part.type === 'reasoning-delta') return part.text.length;
  return part.type === 'tool-input-delta' ? part.delta.length : 0;
}
