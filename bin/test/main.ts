import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bringTools, testToolsFolder } from '#bin/services/tools.ts';
import { planWebBuild } from '#bin/start/build/build-web.ts';
import { countResults, type Results, summaryLine } from './count-results.ts';
import { bringChromium } from './find-chromium.ts';
import { leakedProcesses } from './leaked-processes.ts';

/** `npm test`: brings what the tests need, runs every suite in one vitest, and ends with one line that counts. */
const root = fileURLToPath(new URL('../..', import.meta.url));
const filters = process.argv.slice(2);
const notes: string[] = [];

const { missing } = await bringTools({ tools: testToolsFolder(), nats: true, report: console.log });
notes.push(...missing);
const chromium = bringChromium(console.log);
const suites = ['main', 'faults', ...(chromium ? ['e2e'] : [])];
if (!chromium) notes.push('Skipped: tests/e2e, there is no Chromium on this machine and it could not be installed.');

// Short, because sockets below it have paths of at most 107 bytes.
const folder = await mkdtemp(join(tmpdir(), 'ct-'));
const report = join(folder, 'report.json');
const webIsBuilt = join(folder, 'web-is-built');
const vitest = startVitest();
const [code] = await Promise.all([exitCodeOf(vitest), buildWeb().catch(giveUp)]);
const results = await countResults(report).catch((): Results => ({ passed: 0, failed: 1, skipped: [] }));
if (!chromium) results.skipped.push('tests/e2e');
for (const { pid, command } of leakedProcesses(folder)) {
  notes.push(`Leaked: process ${pid} outlived the tests: ${command}`);
  results.failed += 1;
  process.kill(pid, 'SIGKILL');
}
if (code !== 0 && results.failed === 0) {
  notes.push('vitest itself failed: see above.');
  results.failed = 1;
}
await rm(folder, { recursive: true, force: true });

for (const name of results.skipped) console.log(`Skipped: ${name}`);
for (const note of notes) console.log(note);
console.log(summaryLine(results));
process.exit(results.failed > 0 ? 1 : 0);

/** Once for all suites that start an installation, beside those that do not: whoever needs it waits for the file. */
async function buildWeb(): Promise<void> {
  const build = planWebBuild(root, { log: join(folder, 'build.log') });
  if (build.needed) await build.run(() => console.log('Building the web app'));
  await writeFile(webIsBuilt, '');
}

function giveUp(error: Error): void {
  notes.push(error.message);
  vitest.kill();
}

function startVitest(): ChildProcess {
  const projects = suites.map((suite) => `--project=${suite}`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const child = spawn(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...projects, ...reporters, ...filters], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, TMPDIR: folder, CHOIR_TEST_WEB_BUILT: webIsBuilt, ...(chromium ? { CHOIR_TEST_CHROMIUM: chromium } : {}) },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  return child;
}

function exitCodeOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => child.once('exit', (exitCode) => resolve(exitCode ?? 1)));
}
