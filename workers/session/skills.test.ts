import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { speakingProgram } from '#tests/agents/speaking-program.ts';
import { projectWithServers } from '#tests/mcp/project-with-servers.ts';
import { testWorker } from '#tests/test-worker.ts';

const bench = await testWorker({ respond: () => ({ content: 'Nobody asks it.' }) });
const head = (name: string, description: string) => `---\nname: ${name}\ndescription: ${description}\n---\nIn short words.\n`;

test('a terminal agent is told of the skills there are, and reads the person’s own without leave to change them', {
  timeout: 60_000,
}, async () => {
  const own = join(bench.home.skills, 'notes');
  await mkdir(own, { recursive: true });
  await writeFile(join(own, 'SKILL.md'), head('notes', 'How notes are taken.'));
  await symlink(bench.home.root, join(own, 'choir'));
  const projectId = await projectWithServers(bench.context, { 'skills/deploy/SKILL.md': head('deploy', 'How it is deployed.') });
  const agent = speakingProgram(`
    const fs = process.getBuiltinModule('node:fs');
    const [path] = /\\S+notes\\/SKILL\\.md/.exec(text.replaceAll('(', ' '));
    const tried = (work) => { try { return work(); } catch (error) { return error.code; } };
    say([text, fs.readFileSync(path, 'utf8'), tried(() => fs.writeFileSync(path, '')), tried(() => fs.readdirSync(path.replace('SKILL.md', 'choir')))].join('|'));`);
  const thread = await bench.open(agent, { agent: 'claude-code', projectId, goal: 'Deploy it' });
  await thread.work();
  const outcome = (await thread.state()).run?.outcome;
  expect(outcome).toContain('- notes (/opt/skills/notes/SKILL.md): How notes are taken.');
  expect(outcome).toContain('<data name="skills">\n- deploy (skills/deploy/SKILL.md): How it is deployed.');
  expect(outcome).toMatch(/In short words\.\n\|EROFS\|ENOENT$/);
});
