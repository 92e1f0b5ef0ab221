import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** `npm run verify`: everything that can be said about the code without running it. */
const root = fileURLToPath(new URL('../..', import.meta.url));
const packages = (...path: string[]) => join(root, 'node_modules', ...path);
const checks: [name: string, argv: string[]][] = [
  ['Format and lint', [packages('@biomejs/biome/bin/biome'), 'check', '.']],
  ['Types', [packages('typescript/bin/tsc'), '-p', '.']],
  ['Types of the service worker', [packages('typescript/bin/tsc'), '-p', 'app/_sw']],
  ['Boundaries', ['tests/boundaries/main.ts']],
  ['Dead code', [packages('knip/bin/knip.js'), '--no-progress']],
];

const failures = await Promise.all(checks.map(([name, argv]) => check(name, argv)));
process.exit(failures.some(Boolean) ? 1 : 0);

/** Whether the check failed; what it said is shown then. */
function check(name: string, argv: string[]): Promise<boolean> {
  const since = performance.now();
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...argv], { cwd: root });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  return new Promise((resolve) => {
    child.once('close', (code) => {
      const seconds = ((performance.now() - since) / 1000).toFixed(1);
      console.log(`${code === 0 ? '✓' : '✗'} ${name} ${seconds} s`);
      if (code !== 0) console.error(said.trimEnd());
      resolve(code !== 0);
    });
  });
}
