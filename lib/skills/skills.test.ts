import { execFile } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { createStore } from '#lib/git/store/create-store.ts';
import { commitFolder } from '#lib/projects/commit-folder.ts';
import { testHome } from '#tests/services.ts';
import { homeSkills, readHomeSkill } from './home-skills.ts';
import { projectSkills } from './project-skills.ts';
import { readSkillHead } from './skill.ts';

const head = (name: string, description = `About ${name}.`) => `---\nname: ${name}\ndescription: ${description}\n---\n# ${name}\n`;

it.each([
  ['plain words', head('a-b', 'Two words'), 'Two words'],
  ['quotes and a colon', head('a', '"Use it: always"'), 'Use it: always'],
  ['a folded block, and CRLF', '---\r\nname: a\r\ndescription: >-\r\n  Two\r\n  lines\r\nlicense: MIT\r\n---\r\n', 'Two lines'],
  ['more keys', '---\nname: a\nmetadata: {x: [1]}\ndescription: d\n---', 'd'],
  ['hidden letters', head('a', 'Do\u202e it\u200b'), 'Do it'],
])('reads front matter with %s', (_, text, description) => {
  expect(readSkillHead(text)).toMatchObject({ description });
});

it.each([
  ['no front matter', '# A skill'],
  ['no description', '---\nname: a\n---\n'],
  ['a name that is none', head('../../etc')],
  ['broken YAML', '---\nname: [a\n---\n'],
  ['aliases without end', `---\nname: a\na: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\ndescription: *c\n---\n`],
  ['a head without end', `---\nname: a\ndescription: ${'x'.repeat(20_000)}\n---\n`],
])('takes %s for no skill', (_, text) => {
  expect(readSkillHead(text)).toBeNull();
});

it('finds the skills of a project in the three places, the first of a name', async () => {
  const home = await testHome();
  const store = join(home.root, 'skills.git');
  await createStore(store);
  const commit = await commitFolder(store, async (folder) => {
    const files = {
      '.agents/skills/test/SKILL.md': head('test'),
      '.claude/skills/test/SKILL.md': head('test', 'Another'),
      '.claude/skills/deploy/SKILL.md': head('deploy'),
      'skills/broken/SKILL.md': 'nothing',
      'skills/README.md': head('readme'),
    };
    for (const [path, text] of Object.entries(files)) {
      await mkdir(join(folder, path, '..'), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    await mkdir(join(folder, 'skills/huge'));
    await writeFile(join(folder, 'skills/huge/SKILL.md'), head('huge') + ' '.repeat(256 * 1024));
    await mkdir(join(folder, 'skills/linked'));
    await symlink('/etc/passwd', join(folder, 'skills/linked/SKILL.md'));
  });
  expect(await projectSkills({ store, commit })).toEqual([
    { name: 'test', description: 'About test.', path: '.agents/skills/test/SKILL.md', from: 'project' },
    { name: 'deploy', description: 'About deploy.', path: '.claude/skills/deploy/SKILL.md', from: 'project' },
  ]);
});

it('reads the files of the person’s own skills, and nothing beside them', async () => {
  const home = await testHome();
  expect(await homeSkills(home)).toEqual([]);
  const folder = join(home.skills, 'tidy');
  await mkdir(join(folder, 'scripts'), { recursive: true });
  await writeFile(join(folder, 'SKILL.md'), head('tidy'));
  await writeFile(join(folder, 'scripts/sweep.sh'), 'echo sweep\n');
  await writeFile(join(folder, 'bytes'), Buffer.from([1, 0, 2]));
  await writeFile(join(home.root, 'cli-token'), 'secret');
  await symlink(join(home.root, 'cli-token'), join(folder, 'token'));
  await mkdir(join(home.skills, 'waiting'));
  await promisify(execFile)('mkfifo', [join(folder, 'pipe'), join(home.skills, 'waiting/SKILL.md')]);
  expect(await homeSkills(home)).toEqual([{ name: 'tidy', description: 'About tidy.', path: 'tidy/SKILL.md', from: 'home' }]);
  expect(await readHomeSkill(home, 'tidy')).toBe(head('tidy'));
  expect(await readHomeSkill(home, 'tidy', 'scripts/sweep.sh')).toBe('echo sweep\n');
  for (const file of ['../../cli-token', 'token', 'bytes', 'scripts', 'pipe', 'none', '/etc/passwd', 'a\0b'])
    expect(await readHomeSkill(home, 'tidy', file), file).toBeNull();
  expect(await readHomeSkill(home, 'other')).toBeNull();
});
