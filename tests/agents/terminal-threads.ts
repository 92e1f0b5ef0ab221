import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { terminal, terminalProgram } from '#lib/agents/catalog/terminal.ts';
import type { CreateThread } from '#lib/threads/create-thread.ts';
import { testWorker } from '#tests/test-worker.ts';
import { stepAgent } from './step-agent.ts';
import { talkWith } from './talk-with.ts';

const ask = `const rl = require('node:readline').createInterface({ input: process.stdin, output: process.stdout });
rl.question('Name? ', (name) => {
  require('node:fs').writeFileSync('name.txt', name);
  rl.question('Write it twice? (y/N) ', (answer) => {
    if (answer === 'y') require('node:fs').writeFileSync('twice.txt', name + name);
    console.log('Hello, ' + (name || 'nobody') + '.');
    rl.close();
  });
});
`;

const movesOn = `require('node:child_process').exec(process.argv[2], () => process.stdout.write('\\nReally all of it? (y/N) '));
process.stdout.write('Delete it? (y/N) ');
process.stdin.once('data', (line) => {
  console.log('all: [' + String(line).trim() + ']');
  process.exit();
});
`;

/** A project of its own with programs that ask, and a file to lose. */

/** Threads of the agent `terminal`, each in a project with programs that ask (`ask.cjs`, `moves-on.cjs`) and a file to lose (`kept.txt`). */
export async function terminalThreads() {
  const bench = await testWorker();

  async function createProject(): Promise<string> {
    const files = { 'ask.cjs': ask, 'moves-on.cjs': movesOn, 'kept.txt': 'kept\n' };
    const calls = Object.entries(files).map(([path, content]) => ({ tool: 'create_file' as const, args: { path, content } }));
    const made = await bench.open(stepAgent(calls), { mode: 'autonomous' });
    await made.work();
    return made.projectId;
  }

  const open = async (goal: string, more: Partial<CreateThread> = {}) =>
    bench.open({ description: terminal, program: terminalProgram }, { goal, agent: 'terminal', projectId: await createProject(), ...more });
  type Thread = Awaited<ReturnType<typeof open>>;

  return {
    bench,
    open,
    ...talkWith(bench),
    read: (thread: Thread, path: string) => readFile(join(thread.tree, path), 'utf8'),
    async sessionLog(thread: Thread) {
      const session = (await thread.state()).run?.session?.sessionId;
      return session ? readFile(join(bench.home.overlays(thread.threadId), session, 'session', 'log'), 'utf8') : '';
    },
  };
}
