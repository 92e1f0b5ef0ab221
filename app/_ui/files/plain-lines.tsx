import { CodeLine } from '../code/code-line.tsx';

const shownLines = 300;

/** The first lines of a text as they are: there before any script is. */
export function PlainLines({ text }: { text: string }) {
  const lines = text.split('\n');
  return (
    <div dir="ltr" className="h-full overflow-hidden py-2 font-mono text-[0.8125rem] leading-[1.3rem]">
      {lines.slice(0, shownLines).map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines are their numbers
        <div key={index} className="flex">
          <span className="tabular w-10 shrink-0 select-none pr-2 text-right text-ink-soft text-xs leading-[1.3rem]">{index + 1}</span>
          <span className="contained min-w-0 flex-1 whitespace-pre-wrap pr-3 pl-1">
            <CodeLine text={line} />
          </span>
        </div>
      ))}
    </div>
  );
}
