/** How an agent that reads prose is told of files that came along. */
export function attachedWords(paths: readonly string[]): string {
  return paths.length === 0 ? '' : `\n\nAttached: ${paths.join(', ')}`;
}

/** What a person said, without what Choir added to it about the files that came along. */
export function withoutAttachedWords(text: string, paths: readonly string[] = []): string {
  const added = attachedWords(paths);
  return added !== '' && text.endsWith(added) ? text.slice(0, -added.length) : text;
}
