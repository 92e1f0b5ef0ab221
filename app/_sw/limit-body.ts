/** The same request with a body that breaks off once it is longer than `mostBytes`. */
export function limitBody(request: Request, mostBytes: number): Request {
  let seen = 0;
  const limit = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      seen += chunk.byteLength;
      if (seen > mostBytes) controller.error(new RangeError(`More than ${mostBytes} bytes.`));
      else controller.enqueue(chunk);
    },
  });
  const { url, method, headers } = request;
  // Streams go one way only, and the types of browsers do not know the word for it yet.
  const init = { method, headers, body: request.body?.pipeThrough(limit) ?? null, duplex: 'half' };
  return new Request(url, init);
}
