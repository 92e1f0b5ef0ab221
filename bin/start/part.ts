import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bringTools } from '#bin/services/tools.ts';
import { choirHome } from '#lib/home.ts';
import { readLauncherSettings } from '#lib/settings.ts';
import { checkPort } from './check-port.ts';
import { modelChoice, partEnvironment, readServiceAddresses } from './environment.ts';
import { StartProblem } from './problem.ts';
import { type NodePart, partCommand, partEntries } from './start-part.ts';

await runPart(process.argv[2] as NodePart).catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});

/** Runs one part in the foreground, beside a running installation or against the services that the environment names. */
async function runPart(part: NodePart): Promise<void> {
  if (!Object.hasOwn(partEntries, part)) throw new StartProblem(`There is no part ${part}.`);
  const settings = readLauncherSettings();
  const home = choirHome(resolve(settings.CHOIR_HOME));
  const { DATABASE_URL, NATS_URL, CHOIR_HOST, PORT } = settings;
  const addresses = DATABASE_URL && NATS_URL ? { DATABASE_URL, NATS_URL, ...modelChoice() } : readServiceAddresses(home);
  if (!addresses) throw new StartProblem(`Nothing runs on ${home.root}. Run npm start first, or set DATABASE_URL and NATS_URL.`);
  if (part === 'web') await checkPort(CHOIR_HOST, PORT);
  if (part === 'worker') await bringTools({ tools: home.tools, nats: false, report: console.log });
  const [file, ...args] = partCommand(part);
  const child = spawn(file, args, {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: partEnvironment(part, home, addresses),
    stdio: 'inherit',
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  process.once('disconnect', () => child.kill('SIGTERM'));
  child.once('exit', (code) => process.exit(code ?? 1));
}
