/** A streamed answer: a chunk is asked for when the reader has room, and the generator ends when the reader goes away. */
export function streamResponse(chunks: AsyncGenerator<string>, contentType: string, onGone: () => void = () => {}): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await chunks.next();
      if (next.done) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
    async cancel() {
      onGone();
      await chunks.return(undefined);
    },
  });
  const headers = { 'content-type': contentType, 'cache-control': 'no-store, no-transform', 'x-accel-buffering': 'no' };
  return new Response(body, { headers });
}
