import { HostileText } from '../base/hostile-text.tsx';
import { ShortName } from '../base/short-name.tsx';

/** A path by its name, and below it what of its folder fits on one line. */
export function NameFirst({ path }: { path: string }) {
  const name = path.lastIndexOf('/') + 1;
  return (
    <span className="block min-w-0 font-mono text-[0.8125rem]">
      <ShortName name={path.slice(name)} />
      {name > 0 && (
        <bdi dir="ltr" className="block truncate font-normal text-ink-soft text-xs">
          <HostileText text={path.slice(0, name)} />
        </bdi>
      )}
    </span>
  );
}
