import { RequestError, sendJson } from '../request.ts';
import type { OutboxEntry, SendOutcome } from './entry.ts';

const patienceMs = 20_000;
/** No answer, a gateway without a server behind it, or a server that asks for time. */
const passing: ReadonlySet<number> = new Set([0, 408, 425, 429, 502, 503, 504]);

/** Sends a command once. Without an answer in time it counts as not sent: sent again, it is taken once all the same. */
export async function sendEntry({ path, body, id }: OutboxEntry): Promise<SendOutcome> {
  const patience = AbortSignal.timeout(patienceMs);
  try {
    return { state: 'sent', reply: await sendJson<unknown>(path, { ...body, requestId: id }, 'POST', patience) };
  } catch (error) {
    if (patience.aborted) return { state: 'later' };
    if (!(error instanceof RequestError)) return { state: 'later' };
    // A session that ended keeps the words: the door is where the person goes now.
    if (passing.has(error.status) || error.status === 401) return { state: 'later' };
    return { state: 'refused', status: error.status, why: error.message };
  }
}
