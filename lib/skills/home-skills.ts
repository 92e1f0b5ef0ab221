import { constants } from 'node:fs';
import { open, readdir, realpath } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import type { ChoirHome } from '#lib/home.ts';
import { readSkillHead, type Skill, skillFile, skillsLimit } from './skill.ts';

const sizeLimitBytes = 256 * 1024;

/** The person's own skills, in `$CHOIR_HOME/skills`, by folder. */
export async function homeSkills(home: ChoirHome): Promise<Skill[]> {
  const folders = (await readdir(home.skills, { withFileTypes: true }).catch(() => []))
    .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
    .map(({ name }) => name)
    .sort();
  const skills = new Map<string, Skill>();
  for (const folder of folders.slice(0, skillsLimit)) {
    const head = readSkillHead((await readInside(join(home.skills, folder), skillFile)) ?? '');
    if (head && !skills.has(head.name)) skills.set(head.name, { ...head, path: join(folder, skillFile), from: 'home' });
  }
  return [...skills.values()];
}

/**
 * A file of one of the person's own skills, or null: when there is no such skill or file, when it is larger than 256 KiB or no text, or when the
 * name leads out of the skill's folder.
 */
export async function readHomeSkill(home: ChoirHome, name: string, file = skillFile): Promise<string | null> {
  const skill = (await homeSkills(home)).find((candidate) => candidate.name === name);
  if (!skill || file.includes('\0')) return null;
  return readInside(join(home.skills, dirname(skill.path)), file);
}

/** A link in place of the folder is the person's own doing; what is read stays in what it leads to. */
async function readInside(folder: string, file: string): Promise<string | null> {
  try {
    const [root, path] = await Promise.all([realpath(folder), realpath(join(folder, file))]);
    return path.startsWith(`${root}${sep}`) ? await readText(path) : null;
  } catch {
    return null;
  }
}

async function readText(path: string): Promise<string | null> {
  // A pipe would be waited for without end.
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stats = await handle.stat();
    if (!stats.isFile() || stats.size > sizeLimitBytes) return null;
    const bytes = await handle.readFile();
    return bytes.includes(0) ? null : bytes.toString('utf8');
  } finally {
    await handle.close();
  }
}
