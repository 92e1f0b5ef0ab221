import { readFileSync } from 'node:fs';
import { z } from 'zod';

const rate = z.number().nonnegative();
const Rates = z.strictObject({
  input: rate,
  output: rate,
  cacheRead: rate.optional(),
  cacheWrite: rate.optional(),
  audioHour: rate.optional(),
});

/** US dollars per million tokens, by `provider/model`; a name that ends in `*` stands for every model that begins so. Cached tokens cost as input unless said; `audioHour` is for an hour of speech. */
export const PriceTable = z.record(z.string(), Rates);
export type PriceTable = z.infer<typeof PriceTable>;

/** The rates of `provider/model`: by its own name, else by the longest beginning that fits; undefined where none does. */
export function findRates(table: PriceTable, name: string): PriceTable[string] | undefined {
  const patterns = Object.keys(table).filter((key) => key.endsWith('*') && name.startsWith(key.slice(0, -1)));
  const longest = patterns.sort((one, other) => other.length - one.length)[0];
  return Object.hasOwn(table, name) ? table[name] : longest === undefined ? undefined : table[longest];
}

/** The file that CHOIR_MODEL_PRICES names. Throws an Error that says what is wrong with it. */
export function readPriceTable(path: string | undefined): PriceTable {
  if (path === undefined) return {};
  try {
    return PriceTable.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : error instanceof Error ? error.message : String(error);
    throw new Error(`CHOIR_MODEL_PRICES: ${path} cannot be used. ${reason}`);
  }
}
