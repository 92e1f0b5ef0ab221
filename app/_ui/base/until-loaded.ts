const firstRetryMs = 1_000;
const longestRetryMs = 15_000;

/** What `load` gives, however often it has to be tried: away from the network it waits and tries again. Never rejects in a browser. */
export async function untilLoaded<Module>(
  load: () => Promise<Module>,
  pause: (ms: number) => Promise<void> = untilOnline,
): Promise<Module> {
  for (let restMs = firstRetryMs; ; restMs = Math.min(restMs * 2, longestRetryMs)) {
    try {
      return await load();
    } catch {
      lookForNewer();
      await pause(restMs);
    }
  }
}

/** What cannot be loaded may be of a version that is gone: then the newer one is offered. */
function lookForNewer(): void {
  navigator.serviceWorker
    ?.getRegistration()
    .then((registration) => registration?.update())
    .catch(() => {});
}

/** Until the device says that it has network again, or a while: what it says is not always so. */
function untilOnline(ms: number): Promise<void> {
  return new Promise((resolve) => {
    function proceed(): void {
      clearTimeout(timer);
      window.removeEventListener('online', proceed);
      resolve();
    }
    const timer = setTimeout(proceed, ms);
    window.addEventListener('online', proceed);
  });
}
