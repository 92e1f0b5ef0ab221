/** The query of an address, as Next hands it to a page. */
export type PageQuery = Promise<Record<string, string | string[] | undefined>>;

/** The words of a query that anybody may have written: of a name that stands there more than once, the first counts. */
export async function readQuery(query: PageQuery): Promise<Record<string, string | undefined>> {
  return Object.fromEntries(Object.entries(await query).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]));
}
