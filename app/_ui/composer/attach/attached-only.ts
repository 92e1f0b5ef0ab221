/** What is said where a person sends files and no words. */
export function wordsFor(text: string, names: readonly string[]): string {
  if (text.trim() !== '' || names.length === 0) return text;
  if (names.every((name) => /^voice-.*\.(webm|m4a|ogg)$/.test(name))) return 'Listen to the attached recording.';
  return names.length === 1 ? 'Look at the attached file.' : 'Look at the attached files.';
}
