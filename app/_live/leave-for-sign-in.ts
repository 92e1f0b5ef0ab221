let leaving = false;

/** Goes to the door, once: a second navigation would abort the first, which shows as a failed load. */
export function leaveForSignIn(): void {
  if (leaving) return;
  leaving = true;
  window.location.replace('/sign-in');
}
