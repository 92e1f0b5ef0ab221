const hiddenWriteMs = 250;

/** Runs a write before the next picture; a page in the background, which paints none, gets it a little later. */
export function onNextFrame(write: () => void): void {
  if (document.hidden) setTimeout(write, hiddenWriteMs);
  else requestAnimationFrame(write);
}
