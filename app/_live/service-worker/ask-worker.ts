import type { WorkerMessage } from './messages.ts';

const patienceMs = 3_000;

/** Tells the service worker of this page something, where there is one. */
export function tellWorker(message: WorkerMessage): void {
  if ('serviceWorker' in navigator) navigator.serviceWorker.controller?.postMessage(message);
}

/** The same, and gives what it answers; null where there is none, or not within a moment. */
export async function askWorker(message: WorkerMessage): Promise<unknown> {
  const worker = 'serviceWorker' in navigator ? navigator.serviceWorker.controller : null;
  if (!worker) return null;
  const { port1, port2 } = new MessageChannel();
  const answer = await new Promise<unknown>((resolve) => {
    port1.onmessage = ({ data }) => resolve(data);
    setTimeout(() => resolve(null), patienceMs);
    worker.postMessage(message, [port2]);
  });
  port1.close();
  return answer;
}
