/** Called by Next when the app leaves for another page, by whatever press; `LeavingLine` hears of it. */
export function onRouterTransitionStart(url: string): void {
  window.dispatchEvent(new CustomEvent('choir-leave', { detail: url }));
}
