import { personMeta } from '../device/page-person.ts';
import { isNotFound, RequestError, sendJson } from '../request.ts';
import type { OutboxEntry, SendOutcome } from './entry.ts';

const patienceMs = 20_000;
/** No answer, a gateway without a server behind it, or a server that asks for time. */
const passing: ReadonlySet<number> = new Set([0, 408, 425, 429, 502, 503, 504]);

/** Sends a command once, as the person who gave it: Choir refuses it where another one is signed in by now. Without an answer in time it counts as not sent: sent again, it is taken once all the same. */
export async function sendEntry({ path, body, id, userId }: OutboxEntry): Promise<SendOutcome> {
  const patience = AbortSignal.timeout(patienceMs);
  try {
    const headers = { [personMeta]: userId };
    const reply = await sendJson<unknown>(path, { ...body, requestId: id }, 'POST', { headers, signal: patience });
    return { state: 'sent', reply };
  } catch (error) {
    if (patience.aborted) return { state: 'later' };
    if (!(error instanceof RequestError)) return { state: 'later' };
    // A session that ended, or became another's, keeps the words: the door is where the person goes now.
    if (passing.has(error.status) || error.status === 401) return { state: 'later' };
    if (error.status === 404 && !isNotFound(error)) return { state: 'later' };
    return { state: 'refused', status: error.status, why: error.message };
  }
}
