/**
 * A value as PostgreSQL can keep it as JSON, which refuses NUL and halves of surrogate pairs: hostile text holds them, and every text that was cut in
 * the middle of a pictograph.
 */
export function storable<Value>(value: Value): Value {
  return mapTexts(value, plain) as Value;
}

/** `choir_run.<thread>.<run>.<signature>`: with it, a sandbox calls models in a run's name. */
const runToken = /choir_run\.th_\w+\.ru_\w+\.[\w-]+/g;

/** A text as everybody in the workspace may read it, though a program printed its environment. */
export function hideRunTokens(text: string): string {
  return text.replaceAll(runToken, '[hidden]');
}

/** A value as an event keeps it: storable, and with no token of a run in it. */
export function forLedger<Value>(value: Value): Value {
  return mapTexts(value, (text) => hideRunTokens(plain(text))) as Value;
}

function plain(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((inner) => mapTexts(inner, change));
  if (value === null || typeof value !== 'object') return value;
  const kept = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(kept.map(([key, inner]) => [change(key), mapTexts(inner, change)]));
}
