/** For the `ref` of a box that grows no further: makes it a stop for the Tab key where there is something to scroll, as not every browser does. */
export function stopWhereItScrolls(box: HTMLElement | null): void {
  if (box && box.scrollHeight > box.clientHeight) box.tabIndex = 0;
}
