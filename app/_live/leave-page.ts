let leaving = false;

/**
 * Leaves a page that is nobody's any more, once: a second navigation would abort the first, which shows as a failed load. Where another person is signed in
 * by now it is drawn anew for them, else it goes to the door. What was typed stays on the device.
 */
export function leavePage(to: 'door' | 'another-person'): void {
  if (leaving) return;
  leaving = true;
  // Its module is in the service worker too, whose own location goes nowhere: only a page has a person, and comes here.
  const { location: page } = globalThis as unknown as { location: { replace(address: string): void; reload(): void } };
  if (to === 'door') page.replace('/sign-in');
  else page.reload();
}
