export type SseMessage = { event: string; id: string; data: string };

/** The messages of an event stream as they come. Ends with the stream. */
export async function* readSse(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<SseMessage> {
  let rest = '';
  for await (const text of body.pipeThrough(new TextDecoderStream())) {
    const blocks = (rest + text).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const message = parseMessage(block);
      if (message.data) yield message;
    }
  }
}

function parseMessage(block: string): SseMessage {
  const message = { event: 'message', id: '', data: '' };
  for (const line of block.split('\n')) {
    const [, field, value = ''] = /^(event|id|data): ?(.*)$/.exec(line) ?? [];
    if (field === 'data') message.data += message.data ? `\n${value}` : value;
    else if (field === 'event') message.event = value;
    else if (field === 'id') message.id = value;
  }
  return message;
}
