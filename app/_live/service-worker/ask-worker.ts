import type { WorkerMessage } from './messages.ts';

const patienceMs = 3_000;

/** Tells the service worker of this page something, where there is one. */
export function tellWorker(message: WorkerMessage): void {
  if ('serviceWorker' in navigator) navigator.serviceWorker.controller?.postMessage(message);
}

/** The same, and waits until it is done; no longer than a moment. */
export async function askWorker(message: WorkerMessage): Promise<void> {
  const worker = 'serviceWorker' in navigator ? navigator.serviceWorker.controller : null;
  if (!worker) return;
  const { port1, port2 } = new MessageChannel();
  await new Promise<void>((resolve) => {
    port1.onmessage = () => resolve();
    setTimeout(resolve, patienceMs);
    worker.postMessage(message, [port2]);
  });
  port1.close();
}
