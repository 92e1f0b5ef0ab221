import { realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { homeSkills } from '#lib/skills/home-skills.ts';
import { projectSkills } from '#lib/skills/project-skills.ts';
import { skillFile } from '#lib/skills/skill.ts';
import { requireCurrent } from '#lib/threads/revert/require-current.ts';
import { describeSkills, type SkillReading } from '#workers/agents/model/context/describe-skills.ts';
import type { RunContext, RunSnapshot } from '#workers/run/run-context.ts';
import type { Program } from '#workers/sandbox/sandbox.ts';

/** Skill names are plain: see `readSkillHead`. */
const placeOf = (name: string) => `/opt/skills/${name}`;
const byFile: SkillReading = { own: '', brought: '', ownPlace: ({ name }) => ` (${placeOf(name)}/${skillFile})` };

/** The folders of the person's own skills, for an agent that reads them by itself. */
export async function skillMounts({ home }: Pick<RunContext, 'home'>): Promise<Program['mounts']> {
  const skills = await homeSkills(home);
  return Promise.all(
    skills.map(async ({ name, path }) => ({ outside: await realpath(join(home.skills, dirname(path))), inside: placeOf(name) })),
  );
}

/** The skills that a terminal agent can read, for its prompt; empty when there are none. */
export async function skillsPrompt({ home, database }: RunContext, { state }: RunSnapshot): Promise<string> {
  const { commit } = await requireCurrent(database, state);
  const [own, brought] = await Promise.all([homeSkills(home), projectSkills({ store: home.store(state.projectId), commit })]);
  return describeSkills([...own, ...brought], byFile)
    .map(({ text }) => text)
    .join('\n\n');
}
