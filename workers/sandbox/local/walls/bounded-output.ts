export type BoundedOutput = { write(chunk: Uint8Array): void; end(): string };

/**
 * Collects one output stream in at most `limitBytes`: the head and the tail stay, what lies between is counted and said.
 * `onText` gets the text as it comes until the limit, then one notice. Bytes that are no UTF-8, and NULs, become U+FFFD.
 */
export function createBoundedOutput(limitBytes: number, onText: (text: string) => void = () => {}): BoundedOutput {
  const headLimit = Math.ceil(limitBytes / 2);
  const tailLimit = limitBytes - headLimit;
  const head: Uint8Array[] = [];
  let headBytes = 0;
  let tail: Uint8Array[] = [];
  let tailBytes = 0;
  let totalBytes = 0;
  let streaming = true;
  const live = new TextDecoder();

  return {
    write(chunk) {
      totalBytes += chunk.length;
      if (streaming && totalBytes > limitBytes) {
        streaming = false;
        onText('\n... the output goes on; its end follows with the result ...\n');
      } else if (streaming) {
        const text = printable(live.decode(chunk, { stream: true }));
        if (text) onText(text);
      }
      const forHead = chunk.subarray(0, headLimit - headBytes);
      if (forHead.length > 0) {
        head.push(forHead);
        headBytes += forHead.length;
      }
      const forTail = chunk.subarray(forHead.length);
      if (forTail.length === 0) return;
      tail.push(forTail);
      tailBytes += forTail.length;
      if (tailBytes > 2 * tailLimit + 65_536) {
        tail = [Buffer.from(Buffer.concat(tail).subarray(-tailLimit || tailBytes))];
        tailBytes = tail[0]?.length ?? 0;
      }
    },
    end() {
      const start = Buffer.concat(head);
      const rest = Buffer.concat(tail);
      if (totalBytes <= limitBytes) return printable(Buffer.concat([start, rest]).toString('utf8'));
      const cut = new TextDecoder().decode(start, { stream: true });
      const end = tailLimit > 0 ? fromCharacterStart(rest.subarray(-tailLimit)).toString('utf8') : '';
      return printable(`${cut}\n... ${totalBytes - limitBytes} bytes left out ...\n${end}`);
    },
  };
}

function fromCharacterStart(bytes: Buffer): Buffer {
  let start = 0;
  while (start < 3 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start += 1;
  return bytes.subarray(start);
}

function printable(text: string): string {
  return text.replaceAll('\0', '\ufffd');
}
