import { DomainError } from '#lib/core/domain-error.ts';
import { readBytes } from './read-bytes.ts';

export const jsonLimitBytes = 1_000_000;

/** The JSON body of a request. Throws `too-large` past the limit without reading on, `invalid` for anything that is not storable JSON. */
export async function readJson(request: Request): Promise<unknown> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  const bytes = await readBytes(request.body, jsonLimitBytes);
  if (bytes.length === 0) throw new DomainError('invalid', 'The body is empty: send JSON.');
  if (type !== 'application/json')
    throw new DomainError('invalid', 'The body must be JSON, with the header Content-Type: application/json.');
  const value = parse(bytes);
  requireStorable(value);
  return value;
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new DomainError('invalid', 'The body is not valid JSON in UTF-8.');
  }
}

/** Refuses text that PostgreSQL cannot keep: NUL, and half of a surrogate pair. A loop, because hostile JSON nests deeper than the stack. */
export function requireStorable(value: unknown): void {
  const pending = [value];
  while (pending.length > 0) {
    const next = pending.pop();
    if (typeof next === 'string') requireStorableText(next);
    else if (Array.isArray(next)) for (const item of next) pending.push(item);
    else if (next !== null && typeof next === 'object') {
      for (const [name, item] of Object.entries(next)) {
        requireStorableText(name);
        pending.push(item);
      }
    }
  }
}

function requireStorableText(text: string): void {
  if (text.includes('\0'))
    throw new DomainError('invalid', 'The text holds a NUL character, which cannot be stored. Remove it and send again.');
  if (!text.isWellFormed()) throw new DomainError('invalid', 'The text is not valid Unicode. Remove the broken characters and send again.');
}
