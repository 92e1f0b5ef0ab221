import { setTimeout } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { openPhone } from './browser.ts';
import { type Figure, percentile, spread, under } from './measure.ts';
import type { Session } from './session.ts';
import { carryOutCall, proposeCall } from './tool-commands.ts';

const warmUp = 30;
const rounds = 300;

declare global {
  var nextPaint: (text: string) => Promise<{ shown: number; painted: number; nextFrame: number }>;
}

/** From the moment before a tool event is appended to the picture that shows it, on a phone-sized page that follows over NATS. */
export async function benchLive(session: Session): Promise<Figure[]> {
  const { installation, context, holdThread } = session;
  const opened = await openPhone(session);
  if (!opened) return [{ what: 'tool event appended -> painted', value: 'not measured: there is no Chromium on this machine' }];
  const thread = await holdThread();
  const shown: number[] = [];
  const painted: number[] = [];
  const nextFrame: number[] = [];
  try {
    const page = await opened.phone.newPage();
    const sockets: string[] = [];
    page.on('websocket', (socket) => sockets.push(new URL(socket.url()).pathname));
    await page.goto(`${installation.url}/threads/${thread.threadId}`);
    await page.getByText('Live', { exact: true }).waitFor();
    if (!sockets.includes('/nats')) throw new Error(`The page follows over ${sockets.join(', ') || 'HTTP'}, not over NATS.`);
    await page.evaluate(watchPaint);
    for (let index = 0; index < warmUp + rounds; index += 1) {
      const seen = page.evaluate((text) => nextPaint(text), `echo line-${index}.`);
      await page.evaluate('0');
      const startedAt = performance.timeOrigin + performance.now();
      await context.ledger.command(thread.threadId, { actor: 'agent', agentId: 'rules' }, [proposeCall(thread.runId, index)]);
      const at = await seen;
      if (index >= warmUp) {
        shown.push(at.shown - startedAt);
        painted.push(at.painted - startedAt);
        nextFrame.push(at.nextFrame - startedAt);
      }
      await context.ledger.command(thread.threadId, { actor: 'choir' }, carryOutCall(thread.runId, index));
      await restBetween(page, index);
    }
  } finally {
    await thread.close();
    await opened.close();
  }
  return [
    { what: 'tool event appended -> in the page', value: spread(shown) },
    { what: 'tool event appended -> painted', value: spread(painted), aim: under(30, percentile(painted, 0.99)) },
    { what: 'tool event appended -> the frame after that', value: spread(nextFrame) },
  ];
}

/** Uneven, so that events do not fall into step with the frames. */
async function restBetween(page: Page, index: number): Promise<void> {
  await setTimeout(20 + ((index * 7) % 17));
  await page.evaluate('0');
}

/**
 * Runs in the page. The store writes inside an animation frame, so the DOM changes in the frame that paints it, and the first task after
 * the change runs once that frame is laid out and painted. The frame after that is the bound that holds whatever the page does.
 */
function watchPaint(): void {
  const now = () => performance.timeOrigin + performance.now();
  const { port1, port2 } = new MessageChannel();
  globalThis.nextPaint = (text) =>
    new Promise((resolve) => {
      const observer = new MutationObserver(() => {
        if (!document.body.textContent?.includes(text)) return;
        observer.disconnect();
        const shown = now();
        let painted = Number.NaN;
        port1.onmessage = () => {
          painted = now();
        };
        port2.postMessage(null);
        requestAnimationFrame(() => resolve({ shown, painted, nextFrame: now() }));
      });
      observer.observe(document.body, { subtree: true, childList: true, characterData: true });
    });
}
