/** In the place of lines that are on their way. `label`: what is done meanwhile, for whoever cannot see it. */
export function Skeleton({ label }: { label: string }) {
  return (
    <div role="status" className="m-2 space-y-2">
      <span className="sr-only">{label}</span>
      <div className="h-4 w-2/3 animate-breathe rounded bg-sunken" />
      <div className="h-4 w-1/2 animate-breathe rounded bg-sunken" />
    </div>
  );
}
