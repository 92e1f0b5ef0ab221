import { splitFences } from './split-fences.ts';

/** A person's words in which something is fenced as code. */
export function FencedWords({ text }: { text: string }) {
  return splitFences(text).map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: words that were said never change
      <code key={index} dir="ltr" className="my-1 block rounded-lg bg-sunken px-2 py-1 font-mono text-[0.8125rem]">
        {part}
      </code>
    ),
  );
}
