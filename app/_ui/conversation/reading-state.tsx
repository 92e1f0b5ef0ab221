import type { Reading } from '../../_live/reading/use-reading.ts';
import { Button } from '../base/button.tsx';

/** That another part of the conversation is on its way, or why it is not. */
export function ReadingState({ reading: { busy, failure } }: { reading: Reading }) {
  if (failure)
    return (
      <div
        role="alert"
        className="absolute inset-x-3 top-2 z-10 mx-auto flex max-w-md items-center gap-3 rounded-card border border-line bg-raised px-4 py-2 text-sm shadow-md"
      >
        <p className="min-w-0 flex-1">{failure.words}</p>
        <Button look="plain" onClick={failure.retry}>
          Try again
        </Button>
      </div>
    );
  return (
    <p role="status" className="pointer-events-none absolute inset-x-0 top-0 z-10 h-0.5">
      {busy && (
        <>
          <span className="block h-full w-full animate-breathe bg-accent" aria-hidden />
          <span className="sr-only">{busy === 'newer' ? 'Reading what came next' : 'Reading what came before'}</span>
        </>
      )}
    </p>
  );
}
