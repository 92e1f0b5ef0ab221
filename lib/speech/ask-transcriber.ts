import { type IncomingMessage, request } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { z } from 'zod';
import { DomainError } from '#lib/core/domain-error.ts';
import type { ChoirHome } from '#lib/home.ts';

/** Whose budgets a transcription counts against; '' where there is no thread yet. */
export const Spender = z.object({ workspaceId: z.string().min(1), projectId: z.string(), threadId: z.string() });
export type Spender = z.infer<typeof Spender>;

/** Carries the spender, as JSON in base64url. */
export const spenderHeader = 'choir-spender';

const Answer = z.union([z.object({ text: z.string() }), z.object({ message: z.string() })]);
const timeoutMs = 150_000;

type Asked = { spender: Spender; audio: Buffer; mediaType: string; signal?: AbortSignal };

/** Sends a recording to the model gateway, which has the key. Throws `unavailable` when it cannot be reached. */
export async function askTranscriber(home: ChoirHome, asked: Asked): Promise<{ status: number; text: string; message: string }> {
  try {
    const response = await post(home.transcriberSocket, asked);
    const answer = Answer.parse(JSON.parse(await readText(response)));
    return { status: response.statusCode ?? 0, text: '', message: '', ...answer };
  } catch (error) {
    asked.signal?.throwIfAborted();
    throw new DomainError('unavailable', 'Speech cannot be turned into text right now. Try again in a moment, or type it.', {
      cause: String(error),
    });
  }
}

function post(socketPath: string, { spender, audio, mediaType, signal }: Asked): Promise<IncomingMessage> {
  const headers = {
    'content-type': mediaType,
    'content-length': audio.length,
    [spenderHeader]: Buffer.from(JSON.stringify(spender)).toString('base64url'),
  };
  const ending = AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])]);
  return new Promise((resolve, reject) => {
    const sending = request({ socketPath, method: 'POST', path: '/', headers, signal: ending }, resolve);
    sending.once('error', reject);
    sending.end(audio);
  });
}
