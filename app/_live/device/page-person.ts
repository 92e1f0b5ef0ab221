/** The name of the `meta` that says whose page this is; a page that was kept for reading without a network says it too. */
export const personMeta = 'choir-person';

/** Id of the person whose page this is. In a browser only. */
export function pagePerson(): string {
  return document.querySelector<HTMLMetaElement>(`meta[name="${personMeta}"]`)?.content ?? '';
}
