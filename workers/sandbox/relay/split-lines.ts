export type LineSplitter = { write(chunk: Uint8Array): void; end(): void };

const newline = 0x0a;

/**
 * Cuts bytes into lines, without their ends. What is no UTF-8, and NUL, becomes U+FFFD. `onTooLong` is told once when a line grows beyond
 * `limitBytes`; nothing is heard after it.
 */
export function splitLines(limitBytes: number, onLine: (line: string) => void, onTooLong: () => void): LineSplitter {
  let parts: Uint8Array[] = [];
  let bytes = 0;
  let over = false;

  function take(part: Uint8Array): void {
    bytes += part.length;
    if (bytes > limitBytes) {
      over = true;
      parts = [];
      onTooLong();
    } else parts.push(part);
  }

  function emit(): void {
    const text = Buffer.concat(parts).toString('utf8').replaceAll('\0', '\ufffd');
    parts = [];
    bytes = 0;
    onLine(text.endsWith('\r') ? text.slice(0, -1) : text);
  }

  return {
    write(chunk) {
      let start = 0;
      while (!over) {
        const end = chunk.indexOf(newline, start);
        take(chunk.subarray(start, end < 0 ? undefined : end));
        if (end < 0 || over) return;
        emit();
        start = end + 1;
      }
    },
    end() {
      if (!over && bytes > 0) emit();
    },
  };
}
