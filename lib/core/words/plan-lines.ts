const head = 'The plan should be:';

/** A step as a person writes it: the number it stands under, and its words. */
export type PlanLine = { number: number; title: string };

/** A plan as a person edits it, and says it to any agent: a numbered line for each step. */
export function planLines(steps: readonly { title: string }[]): string {
  return [head, ...steps.map(({ title }, index) => `${index + 1}. ${lineOf(title)}`)].join('\n');
}

/** The steps of such words, in their order; null where they are no list of numbered lines. Pure. */
export function readPlanLines(words: string): PlanLine[] | null {
  const lines = words
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && line !== head);
  const steps = lines.map((line) => /^(\d{1,3})[.)]\s+(\S.*)$/.exec(line));
  const read = steps.flatMap((step) => (step ? [{ number: Number(step[1]), title: step[2] ?? '' }] : []));
  return read.length > 0 && read.length === lines.length ? read : null;
}

/** A title as it stands on its line. */
export function lineOf(title: string): string {
  return title.replaceAll(/\s+/g, ' ').trim();
}
