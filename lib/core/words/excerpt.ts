import type { ToolResult } from '#lib/core/tool.ts';

/** Characters of each output stream that a thread's state keeps; the whole of it is in the event. */
const outputExcerptLength = 4_096;

/** A result as a state keeps it, its long output cut in the middle. */
export function excerptResult(result: ToolResult): ToolResult {
  return { ...result, stdout: excerpt(result.stdout, outputExcerptLength), stderr: excerpt(result.stderr, outputExcerptLength) };
}

/** Head and tail of a long text, with the number of characters left out between them. */
export function excerpt(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const half = Math.floor(limit / 2);
  return `${text.slice(0, half)}\n... ${text.length - 2 * half} characters left out ...\n${text.slice(-half)}`.toWellFormed();
}
