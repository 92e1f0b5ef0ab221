const speeds = [1, 1.25, 1.5, 2, 0.75];

/** One press is the next speed. */
export function SpeedButton({ media, rate }: { media: HTMLMediaElement; rate: number }) {
  return (
    <button
      type="button"
      aria-label={`Speed ${rate}`}
      title="Speed"
      onClick={() => {
        media.playbackRate = speeds[(speeds.indexOf(rate) + 1) % speeds.length] ?? 1;
        // It holds for what is played next, too.
        media.defaultPlaybackRate = media.playbackRate;
      }}
      className="tabular inline-flex h-11 min-w-12 items-center justify-center rounded-control px-2 font-medium text-ink-soft text-sm hover:bg-sunken hover:text-ink"
    >
      {rate}×
    </button>
  );
}
