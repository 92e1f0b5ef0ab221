import { readThreadFile } from '#lib/checkpoints/read-thread-file.ts';
import type { Context } from '#lib/context.ts';
import type { FileSymbol } from '#lib/core/project-map.ts';
import { parseSymbols } from './parse-symbols.ts';

/** What a file declares at a point of a thread (see `diffThread`). `known` is false where its language is not. */
export async function readSymbols(
  context: Context,
  input: { threadId: string; path: string; at?: string },
): Promise<{ known: boolean; symbols: FileSymbol[] }> {
  const { bytes, kind } = await readThreadFile(context, input);
  const symbols = kind === 'file' ? parseSymbols(input.path, bytes.toString('utf8')) : null;
  return { known: symbols !== null, symbols: symbols ?? [] };
}
