import { ArrowDown, Hand } from 'lucide-react';

type ToEndProps = { questions: number; onEnd(): void; onQuestion(): void };

/** The way back to where things happen, or to the question that waits there. */
export function ToEnd({ questions, onEnd, onQuestion }: ToEndProps) {
  const Icon = questions > 0 ? Hand : ArrowDown;
  return (
    <button
      type="button"
      onClick={questions > 0 ? onQuestion : onEnd}
      className="-top-14 -translate-x-1/2 absolute left-1/2 inline-flex min-h-11 animate-rise items-center gap-2 whitespace-nowrap rounded-full border border-line bg-raised px-4 font-medium text-sm shadow-md"
    >
      <Icon className={`size-4 ${questions > 0 ? 'text-accent' : ''}`} aria-hidden />
      {questions > 0 ? 'Your answer is needed' : 'To the newest'}
    </button>
  );
}
