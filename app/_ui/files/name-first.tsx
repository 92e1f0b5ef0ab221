import { HostileText } from '../base/hostile-text.tsx';

/** A path by its name, as far as two lines go, and below it what of its folder fits on one. */
export function NameFirst({ path }: { path: string }) {
  const name = path.lastIndexOf('/') + 1;
  return (
    <bdi dir="ltr" className="block min-w-0 font-mono text-[0.8125rem]">
      <span className="line-clamp-2 whitespace-normal">
        <HostileText text={path.slice(name)} />
      </span>
      {name > 0 && (
        <span className="block truncate font-normal text-ink-soft text-xs">
          <HostileText text={path.slice(0, name)} />
        </span>
      )}
    </bdi>
  );
}
