import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bringTools } from '#bin/services/tools.ts';
import type { ChoirHome } from '#lib/home.ts';
import type { LauncherSettings } from '#lib/settings.ts';
import { ownerSignInUrl, publicUrl, telegramLine, welcome } from './announce.ts';
import { planWebBuild } from './build/build-web.ts';
import { checkPort } from './check-port.ts';
import { endOrphans, recordPath } from './end-orphans.ts';
import { endSessions } from './end-sessions.ts';
import { modelChoice, type ServiceAddresses, writeServiceAddresses } from './environment.ts';
import type { Progress } from './progress.ts';
import type { Shutdown } from './shutdown.ts';
import { type NodePart, partEntries, startPart } from './start-part.ts';
import { startBus, startDatabase } from './start-services.ts';
import { waitForWeb } from './wait-for-web.ts';

export type StartInput = {
  settings: LauncherSettings;
  home: ChoirHome;
  /** The checkout. */
  root: string;
  dev: boolean;
  shutdown: Shutdown;
  progress: Progress;
};

/** Brings everything up, in order; returns what to tell the person. The data folder is locked by now. What was started is in `shutdown`. */
export async function startChoir(input: StartInput): Promise<string> {
  const { settings, home, root, dev, shutdown, progress } = input;
  const { PORT: port, CHOIR_HOST: host } = settings;
  const orphans = await endOrphans(home);
  shutdown.add('sessions', { stop: async () => void (await endSessions(home)) });
  if (orphans.length > 0) progress.say(`Ended what a start that was killed left running: ${orphans.join(', ')}.`);
  await checkPort(host, port);
  const tools = bringTools({ tools: home.tools, nats: !settings.NATS_URL, report: progress.say });
  const { missing } = await progress.step('Tools', () => tools);
  shutdown.check();

  const surroundings = { settings, home, shutdown, report: progress.say };
  const addresses = await progress.step('PostgreSQL and NATS', async () => {
    const started = await Promise.allSettled([startDatabase(surroundings), startBus(surroundings)]);
    return { ...mergeAddresses(started), ...modelChoice() };
  });
  writeServiceAddresses(home, addresses);
  shutdown.check();

  const build = planWebBuild(root, { log: join(home.logs, 'build.log'), record: recordPath(home, 'build') });
  if (!dev && build.needed) await progress.step('Building the web app, once', () => build.run((running) => shutdown.add('build', running)));
  shutdown.check();

  const base = publicUrl(host, port, settings.CHOIR_PUBLIC_URL);
  const url = await ownerSignInUrl(addresses.DATABASE_URL, home, base);
  await progress.step('Choir', async () => {
    const start = async (part: NodePart) => {
      const running = await startPart({ part, root, home, addresses, dev, shutdown, report: progress.say });
      shutdown.check();
      return running;
    };
    rmSync(home.webUrl, { force: true });
    if (addresses.CHOIR_MODEL_PROVIDERS) await start('gateway');
    const web = await start('web');
    await start('worker');
    if (settings.TELEGRAM_BOT_TOKEN && existsSync(join(root, partEntries.bot))) await start('bot');
    await waitForWeb({ host, port, home, web, shutdown });
  });
  const telegram = settings.TELEGRAM_BOT_TOKEN ? await telegramLine(addresses.DATABASE_URL) : null;
  return welcome({ url, host, publicUrl: settings.CHOIR_PUBLIC_URL, home, missing, telegram });
}

function mergeAddresses([database, bus]: [
  PromiseSettledResult<Pick<ServiceAddresses, 'DATABASE_URL'>>,
  PromiseSettledResult<Omit<ServiceAddresses, 'DATABASE_URL'>>,
]): ServiceAddresses {
  if (database.status === 'rejected') throw database.reason;
  if (bus.status === 'rejected') throw bus.reason;
  return { ...database.value, ...bus.value };
}
