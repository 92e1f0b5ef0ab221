import { DomainError } from '#lib/core/domain-error.ts';

/** A whole body in memory. Throws `too-large` past the limit without reading on. */
export async function readBytes(body: ReadableStream<Uint8Array> | null, limitBytes: number): Promise<Buffer<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.length;
    if (length > limitBytes) throw new DomainError('too-large', `The body is larger than ${limitBytes.toLocaleString('en')} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
