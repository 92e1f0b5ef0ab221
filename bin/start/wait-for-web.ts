import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ServiceProcess } from '#bin/services/service-process.ts';
import { waitUntil } from '#bin/services/wait-until.ts';
import type { ChoirHome } from '#lib/home.ts';
import { checkPort } from './check-port.ts';
import { StartProblem } from './problem.ts';
import type { Shutdown } from './shutdown.ts';

type Waiting = { host: string; port: number; home: ChoirHome; web: Pick<ServiceProcess, 'exited'>; shutdown: Pick<Shutdown, 'check'> };

/**
 * Resolves once this start's own web server answers: it alone leaves its address in the data folder, so that no other server on the same port is taken
 * for it. Throws a StartProblem when somebody else took the port meanwhile, or after a minute.
 */
export async function waitForWeb({ host, port, home, web, shutdown }: Waiting): Promise<void> {
  const loopback = { '0.0.0.0': '127.0.0.1', '::': '[::1]' }[host] ?? host;
  let taken: unknown;
  void web.exited
    .then(() => checkPort(host, port))
    .catch((error: unknown) => {
      taken = error;
    });
  const answers = async () => {
    shutdown.check();
    if (taken) throw taken;
    if (!existsSync(home.webUrl)) return false;
    return fetch(`http://${loopback}:${port}/api/health`, { signal: AbortSignal.timeout(5_000) }).then(
      (response) => response.ok,
      () => false,
    );
  };
  const log = join(home.logs, 'web.log');
  await waitUntil(answers, { what: 'the web server did not answer', timeoutMs: 60_000, everyMs: 50 }).catch((error: Error) => {
    throw error.message.startsWith('Waited') ? new StartProblem(`${error.message} See ${log}`) : error;
  });
}
