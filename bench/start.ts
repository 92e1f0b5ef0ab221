import { fileURLToPath } from 'node:url';
import { findNatsServer } from '#bin/services/nats-binary.ts';
import { waitUntil } from '#bin/services/wait-until.ts';
import { planWebBuild } from '#bin/start/build/build-web.ts';
import { type Installation, startInstallation } from '#tests/installation.ts';
import { type Figure, milliseconds, repeat, timed, under } from './measure.ts';
import { describeMemory } from './memory.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const secondStarts = 3;

/** Builds the web app when it is not built, so that no figure holds a build by accident. `log`: where the build writes. */
export async function buildFirst(log: string): Promise<void> {
  const build = planWebBuild(root, { log });
  if (build.needed) await build.run(() => {});
}

/** Starts Choir as `npm start` does, until the sign-in link is printed: on an empty data folder, and again. `keep` gets the last one, running. */
export async function benchStart(keep: (installation: Installation) => void): Promise<Figure[]> {
  const cold = await timed(() => startInstallation());
  let installation = cold.result;
  keep(installation);
  const nats = await findNatsServer({ tools: installation.home.tools });
  const brought = nats.startsWith(installation.home.root) ? 'nats-server fetched, ' : '';
  const second: number[] = [];
  for (let round = 0; round < secondStarts; round += 1) {
    await installation.stop();
    const again = await timed(() => startInstallation(installation));
    second.push(again.ms);
    installation = again.result;
    keep(installation);
  }
  await waitUntil(async () => (await installation.api<{ worker: string }>('GET', '/api/health')).worker === 'present', {
    what: 'no worker came',
    timeoutMs: 30_000,
  });
  await repeat(3, () => installation.api('GET', '/api/threads'));
  return [
    { what: 'cold start, empty data folder', value: `${milliseconds(cold.ms)}  (${brought}dependencies and build were there)` },
    {
      what: 'second start',
      value: `${second.map(milliseconds).join(', ')}`,
      aim: under(3_000, Math.max(...second)),
    },
    { what: 'memory at rest', value: describeMemory(installation.home) },
  ];
}
