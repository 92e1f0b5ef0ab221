import { DomainError } from '#lib/core/domain-error.ts';

/** How much of a body that is too large is read and thrown away: one that is left half-read stops its connection for what comes after it. */
const drainedBytes = 16 * 1024 * 1024;

/** A whole body in memory. Throws `too-large` past the limit, keeping nothing of the rest. */
export async function readBytes(body: ReadableStream<Uint8Array> | null, limitBytes: number): Promise<Buffer<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.length;
    if (length > limitBytes + drainedBytes) break;
    if (length > limitBytes) chunks.length = 0;
    else chunks.push(chunk);
  }
  if (length > limitBytes) throw new DomainError('too-large', `The body is larger than ${limitBytes.toLocaleString('en')} bytes.`);
  return Buffer.concat(chunks);
}
