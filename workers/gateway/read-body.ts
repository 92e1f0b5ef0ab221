import type { IncomingMessage } from 'node:http';

/**
 * The whole body, or null when it is larger than `limit` bytes or `hold` has no room for what came so far: the rest is left unread, so that an answer
 * can still be sent. Rejects when the client goes away first.
 */
export async function readBody(
  request: IncomingMessage,
  limit: number,
  hold: (bytes: number) => boolean = () => true,
): Promise<Buffer | null> {
  if (Number(request.headers['content-length'] ?? 0) > limit) return null;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > limit || !hold(chunk.length)) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
