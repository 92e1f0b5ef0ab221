import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { choirHome } from '#lib/home.ts';
import { readLauncherSettings } from '#lib/settings.ts';
import { publicUrl } from './announce.ts';
import { removeServiceAddresses } from './environment.ts';
import { lockHome } from './lock-home.ts';
import { prepareHome } from './prepare-home.ts';
import { StartProblem } from './problem.ts';
import { createProgress } from './progress.ts';
import { createShutdown } from './shutdown.ts';
import { startChoir } from './start-choir.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const progress = createProgress(process.stdout);
const shutdown = createShutdown();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, shutdown.request);
// The launcher above this process was killed: nobody could reach this one with Ctrl-C any more.
process.on('disconnect', shutdown.request);

process.exitCode = await run();
process.disconnect?.();

async function run(): Promise<number> {
  let release = () => {};
  try {
    const { values } = parseArgs({ options: { dev: { type: 'boolean', default: false } } });
    checkPlatform();
    const settings = readLauncherSettings();
    const home = choirHome(resolve(settings.CHOIR_HOME));
    prepareHome(home);
    const unlock = lockHome(home, publicUrl(settings.CHOIR_HOST, settings.PORT, settings.CHOIR_PUBLIC_URL));
    release = () => {
      removeServiceAddresses(home);
      unlock();
    };
    process.stdout.write('\n');
    process.stdout.write(await startChoir({ settings, home, root, dev: values.dev, shutdown, progress }));
    await shutdown.requested;
    await progress.step('Stopped', () => shutdown.run());
    return 0;
  } catch (error) {
    await shutdown.run();
    if (shutdown.isRequested()) return 0;
    console.error(`\n${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  } finally {
    release();
  }
}

function checkPlatform(): void {
  if (process.platform === 'linux' || process.platform === 'darwin') return;
  throw new StartProblem('Choir runs on Linux and macOS. On Windows, start it inside WSL 2.');
}
