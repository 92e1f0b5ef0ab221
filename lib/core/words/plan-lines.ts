const head = 'The plan should be:';

/** A plan as a person edits it, and says it to any agent: a numbered line for each step. */
export function planLines(steps: readonly { title: string }[]): string {
  return [head, ...steps.map(({ title }, index) => `${index + 1}. ${title.replaceAll(/\s+/g, ' ').trim()}`)].join('\n');
}

/** The steps of such words, in their order; null where they are no list of numbered lines. Pure. */
export function readPlanLines(words: string): string[] | null {
  const lines = words
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && line !== head);
  const steps = lines.map((line) => /^\d{1,3}[.)]\s+(\S.*)$/.exec(line)?.[1]);
  return steps.length > 0 && steps.every((step) => step !== undefined) ? steps : null;
}
