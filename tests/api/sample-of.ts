/** As much of JSON Schema as the OpenAPI document of Choir uses. */
export type JsonSchema = {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  format?: string;
  minItems?: number;
  minimum?: number;
  exclusiveMinimum?: number;
};

/** Something that a schema allows, as far as it says so; `known` has values for properties by their names, which are taken wherever they fit. */
export function sampleOf(schema: JsonSchema, known: Readonly<Record<string, unknown>>, name = ''): unknown {
  if (name in known && fits(schema, known[name])) return known[name];
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const [choice] = schema.anyOf ?? schema.oneOf ?? [];
  if (choice) return sampleOf(choice, known);
  if (schema.type === 'object') {
    const { properties = {}, required = [] } = schema;
    const wanted = Object.entries(properties).filter(([property, inner]) => required.includes(property) || fits(inner, known[property]));
    return Object.fromEntries(wanted.map(([property, inner]) => [property, sampleOf(inner, known, property)]));
  }
  if (schema.type === 'array') return schema.minItems ? [sampleOf(schema.items ?? {}, known)] : [];
  if (schema.type === 'integer' || schema.type === 'number') return schema.minimum ?? (schema.exclusiveMinimum ?? 0) + 1;
  if (schema.type === 'boolean') return false;
  if (schema.format === 'date-time') return '2026-01-01T00:00:00.000Z';
  return schema.format === 'uri' ? 'https://choir.invalid/' : 'sample';
}

/** Whether a value is of the kind that a schema asks for. */
export function fits(schema: JsonSchema, value: unknown): boolean {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return choices.some((choice) => fits(choice, value));
  if (schema.enum) return schema.enum.includes(value);
  return schema.const === undefined && schema.type === typeof value;
}
