import { formatPosition } from './use-playback.ts';

type PositionSliderProps = { media: HTMLMediaElement; at: number; duration: number; className: string };

/** Where a sound stands, to be moved by thumb, mouse and keys. Lies over what it belongs to. */
export function PositionSlider({ media, at, duration, className }: PositionSliderProps) {
  return (
    <input
      type="range"
      aria-label="Position"
      aria-valuetext={formatPosition(at, duration)}
      min={0}
      max={duration}
      step="any"
      value={at}
      disabled={duration === 0}
      onChange={(event) => {
        media.currentTime = Number(event.target.value);
      }}
      className={`absolute m-0 w-full ${className}`}
    />
  );
}
