const focusable = 'a[href], button:not(:disabled), input, select, textarea';

/**
 * Looks where the focus is now. What it returns is for when that row is gone: something in the next row, else in the one before, else the first thing
 * of the room.
 */
export function rowBeside(): () => HTMLElement | null {
  const row = document.activeElement?.closest('li');
  const places = [row?.nextElementSibling, row?.previousElementSibling, document.querySelector('main')];
  return () => {
    const left = places.filter((place) => place?.isConnected).map((place) => place?.querySelector<HTMLElement>(focusable));
    return left.find((element) => element) ?? null;
  };
}
