import { z } from 'zod';

export const goalLimit = 100_000;

/** What a person says to an agent. PostgreSQL keeps neither NUL nor half a surrogate pair, so both are refused by name. */
export const GoalText = z
  .string()
  .max(goalLimit, `At most ${goalLimit.toLocaleString('en')} characters: put long material into a file of the project.`)
  .refine((text) => text.trim().length > 0, 'Say what should be done.')
  .refine((text) => !text.includes('\0'), 'The text has a NUL character: it looks like a binary file.')
  .refine((text) => text.isWellFormed(), 'The text is not valid Unicode.');

const titleLength = 80;

/** The first line that says something, cut at a word. */
export function titleOf(goal: string): string {
  const line =
    goal
      .split('\n')
      .find((candidate) => /[\p{L}\p{N}]/u.test(candidate))
      ?.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
      .trim() ?? goal.trim();
  if (line.length <= titleLength) return line;
  const cut = line.slice(0, titleLength);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), titleLength / 2)).trimEnd()}…`;
}
