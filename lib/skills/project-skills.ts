import { listFolderAt } from '#lib/git/objects/list-commit-files.ts';
import { readFileAt } from '#lib/git/objects/read-commit-file.ts';
import { readSkillHead, type Skill, skillFile, skillsLimit } from './skill.ts';

const places = ['.agents/skills', '.claude/skills', 'skills'];
const sizeLimitBytes = 256 * 1024;

/** The skills that a commit of a project brings along: the first of each name counts. Whoever wrote the repository wrote them. */
export async function projectSkills({ store, commit }: { store: string; commit: string }): Promise<Skill[]> {
  const skills = new Map<string, Skill>();
  for (const place of places) {
    const folders = ((await listFolderAt({ store, commit, path: place })) ?? []).filter(({ kind }) => kind === 'folder');
    for (const { name: folder } of folders.slice(0, skillsLimit)) {
      const path = `${place}/${folder}/${skillFile}`;
      const file = await readFileAt({ store, commit, path, mostBytes: sizeLimitBytes });
      const head = file?.kind === 'file' ? readSkillHead(file.bytes.toString('utf8')) : null;
      if (head && !skills.has(head.name) && skills.size < skillsLimit) skills.set(head.name, { ...head, path, from: 'project' });
    }
  }
  return [...skills.values()];
}
