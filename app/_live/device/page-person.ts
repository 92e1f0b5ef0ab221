/** The name of the `meta` that says whose page this is, which a page that was kept for reading without a network says too; and of the header. */
export const personMeta = 'choir-person';

/** Id of the person whose page this is; empty at the door, and in a service worker, which is nobody's page. */
export function pagePerson(): string {
  const { document: page } = globalThis as { document?: { querySelector(selector: string): unknown } };
  const meta = page?.querySelector(`meta[name="${personMeta}"]`) as { content: string } | null | undefined;
  return meta?.content ?? '';
}

/** Says with a request whose page asks: Choir refuses it where another person is signed in by now. */
export function personHeaders(): Record<string, string> {
  const person = pagePerson();
  return person ? { [personMeta]: person } : {};
}
