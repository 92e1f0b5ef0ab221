import { spellHidden } from '#lib/core/words/reveal-hidden.ts';
import { HostileText } from './hostile-text.tsx';
import { splitName } from './split-name.ts';

/** A file's name on one line. Where it is too long its middle goes: names that begin alike differ at their ends. */
export function ShortName({ name }: { name: string }) {
  const [start, end] = splitName(name);
  if (end === '') {
    return (
      <bdi dir="ltr" title={spellHidden(name)} className="block min-w-0 truncate">
        <HostileText text={name} />
      </bdi>
    );
  }
  return (
    <bdi dir="ltr" title={name} className="flex min-w-0 whitespace-pre">
      <span className="sr-only">{name}</span>
      <span className="truncate" aria-hidden>
        {start}
      </span>
      <span className="flex max-w-3/4 shrink-0 justify-end overflow-clip" aria-hidden>
        {end}
      </span>
    </bdi>
  );
}
