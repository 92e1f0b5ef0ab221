const largestEvent = 8 * 1024 * 1024;

/** Cuts a server-sent event stream into the data of its events. One that is too long to hold is left out. */
export function createEventCutter(onData: (data: string) => void) {
  const decoder = new TextDecoder();
  let line = '';
  let data: string[] = [];
  let length = 0;
  let skipping = false;

  function take(text: string): void {
    if (text === '') {
      if (data.length > 0 && length <= largestEvent) onData(data.join('\n'));
      data = [];
      length = 0;
      return;
    }
    if (!text.startsWith('data:')) return;
    length += text.length;
    if (length <= largestEvent) data.push(text.slice(text[5] === ' ' ? 6 : 5));
    else data = [''];
  }

  function cut(text: string): void {
    const lines = text.split('\n');
    for (const [index, part] of lines.entries()) {
      if (!skipping) line += part;
      if (line.length > largestEvent) {
        skipping = true;
        length = largestEvent + 1;
        line = '';
      }
      if (index === lines.length - 1) return;
      if (!skipping) take(line.endsWith('\r') ? line.slice(0, -1) : line);
      skipping = false;
      line = '';
    }
  }

  return {
    push: (chunk: Uint8Array) => cut(decoder.decode(chunk, { stream: true })),
    /** A stream that ends without its last blank line has said its last event all the same. */
    end: () => cut(`${decoder.decode()}\n\n`),
  };
}
