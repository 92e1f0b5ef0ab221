import { parseDocument } from 'yaml';
import { z } from 'zod';
import { excerpt } from '#lib/core/words/excerpt.ts';
import { revealHidden } from '#lib/core/words/reveal-hidden.ts';

/** A folder with a SKILL.md, as agentskills.io has it. `path`: of that file, in the project or in `$CHOIR_HOME/skills`. */
export const Skill = z.object({ name: z.string(), description: z.string(), path: z.string(), from: z.enum(['project', 'home']) });
export type Skill = z.infer<typeof Skill>;

export const skillFile = 'SKILL.md';
export const skillsLimit = 50;
const descriptionLimit = 1_024;
const headLimit = 10_000;

const Head = z.object({ name: z.string().regex(/^[a-z0-9](?:-?[a-z0-9]){0,63}$/), description: z.string().min(1) });

/** What the front matter of a SKILL.md says; null when it is none. The text may be anybody's. */
export function readSkillHead(text: string): { name: string; description: string } | null {
  const [, head] = /^\ufeff?---\r?\n([\s\S]*?)\r?\n---\s*(?:\r?\n|$)/.exec(text.slice(0, headLimit)) ?? [];
  if (head === undefined) return null;
  const document = parseDocument(head, { schema: 'failsafe', logLevel: 'silent' });
  if (document.errors.length > 0) return null;
  try {
    const { data } = Head.safeParse(document.toJS({ maxAliasCount: 0 }));
    return data ? { name: data.name, description: oneLine(data.description) } : null;
  } catch {
    return null;
  }
}

function oneLine(text: string): string {
  const shown = revealHidden(text.trim().replaceAll(/\s+/g, ' ')).flatMap((part) => (part.hidden ? [] : [part.text]));
  return excerpt(shown.join('').toWellFormed(), descriptionLimit).replaceAll('\n', ' ');
}
