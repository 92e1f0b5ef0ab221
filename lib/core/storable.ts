/**
 * A value as PostgreSQL can keep it as JSON, which refuses NUL and halves of surrogate pairs: hostile text holds them, and every text that was cut in
 * the middle of a pictograph.
 */
export function storable<Value>(value: Value): Value {
  return clean(value) as Value;
}

function clean(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('\0', '').toWellFormed();
  if (Array.isArray(value)) return value.map(clean);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).flatMap(([key, inner]) => (inner === undefined ? [] : [[clean(key), clean(inner)]])));
}
