import { join } from 'node:path';
import { startProcess } from '#bin/services/service-process.ts';
import type { ChoirHome } from '#lib/home.ts';
import { recordPath } from './end-orphans.ts';
import { partEnvironment, type ServiceAddresses } from './environment.ts';
import type { Shutdown } from './shutdown.ts';
import { supervise } from './supervise.ts';

export const partEntries = {
  web: 'bin/web.ts',
  gateway: 'workers/gateway/main.ts',
  worker: 'workers/main.ts',
  bot: 'bot/main.ts',
} as const;
export type NodePart = keyof typeof partEntries;

/** What one part's own command line is, from the checkout. */
export function partCommand(part: NodePart, dev = false): [string, ...string[]] {
  const flags = part === 'web' && dev ? ['--dev'] : [];
  return [process.execPath, '--disable-warning=ExperimentalWarning', '--import', './bin/quick-start.mjs', partEntries[part], ...flags];
}

/** Starts the web server, the model gateway, a worker or the bot under supervision. `addresses` must answer by now. */
export async function startPart(input: {
  part: NodePart;
  root: string;
  home: ChoirHome;
  addresses: ServiceAddresses;
  dev: boolean;
  shutdown: Shutdown;
  report: (line: string) => void;
}) {
  const { part, root, home, addresses, dev, shutdown, report } = input;
  const log = join(home.logs, `${part}.log`);
  const started = await supervise({
    name: part === 'gateway' ? 'The model gateway' : `The ${part}`,
    report: (line) => report(`${line} See ${log}`),
    start: () =>
      startProcess({
        argv: partCommand(part, dev),
        cwd: root,
        log,
        record: recordPath(home, part),
        env: partEnvironment(part, home, addresses, dev),
        graceMs: 15_000,
      }),
  });
  shutdown.add(part, started);
  return started.running;
}
