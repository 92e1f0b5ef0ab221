type Key = { key: string; shiftKey: boolean; ctrlKey: boolean; metaKey: boolean; isComposing: boolean };

/** Enter sends where there is a keyboard of its own, makes a line where it is on the screen; Ctrl or Cmd with it always sends. */
export function sendsOnEnter({ key, shiftKey, ctrlKey, metaKey, isComposing }: Key, finePointer: boolean): boolean {
  if (key !== 'Enter' || isComposing) return false;
  if (ctrlKey || metaKey) return true;
  return finePointer && !shiftKey;
}
