let leaving = false;

/**
 * Leaves a page that is nobody's any more, once: a second navigation would abort the first, which shows as a failed load. Where another person is signed in
 * by now it is drawn anew for them, else it goes to the door. What was typed stays on the device.
 */
export function leavePage(to: 'door' | 'another-person'): void {
  if (leaving) return;
  leaving = true;
  if (to === 'door') location.replace('/sign-in');
  else location.reload();
}
