import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bringTools } from '#bin/services/tools.ts';
import { type Installation, startInstallation } from '#tests/installation.ts';
import { benchCheckpoints } from './checkpoint.ts';
import { benchDeadSocket } from './dead-socket.ts';
import { benchGoals } from './goals.ts';
import { benchLargeThread } from './large-thread.ts';
import { benchLedger } from './ledger.ts';
import { benchLive } from './live.ts';
import { benchLongThread } from './long-thread.ts';
import { describeMachine, describeServices } from './machine.ts';
import type { Figure } from './measure.ts';
import { benchSandbox } from './sandbox.ts';
import { openSession, type Session } from './session.ts';
import { benchStart, buildFirst } from './start.ts';
import { heading, line } from './table.ts';
import { benchTelegram } from './telegram.ts';

/** `npm run bench [-- group ...]`: measures on the machine as it is, one group after the other, and leaves nothing behind. */
const groups = {
  sandbox: { title: 'Sandbox', run: benchSandbox },
  checkpoint: { title: 'Checkpoints', run: benchCheckpoints },
  start: { title: 'Start', run: () => benchStart(keep) },
  live: { title: 'The live path', run: async () => [...(await benchLive(await session())), ...(await benchDeadSocket(await session()))] },
  goals: { title: 'Goals', run: async () => benchGoals(await session()) },
  telegram: { title: 'Telegram', run: async () => benchTelegram(await session()) },
  ledger: { title: 'Ledger', run: async () => benchLedger(await session()) },
  large: { title: 'A large project', run: async () => benchLargeThread(await session()) },
  long: { title: 'A long thread', run: async () => benchLongThread(await session()) },
} satisfies Record<string, { title: string; run: () => Promise<Figure[]> }>;
type Group = keyof typeof groups;

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !Object.hasOwn(groups, name));
if (unknown !== undefined) {
  console.error(`There is no group ${unknown}. Groups: ${Object.keys(groups).join(', ')}`);
  process.exit(1);
}
const chosen = (Object.keys(groups) as Group[]).filter((name) => wanted.length === 0 || wanted.includes(name));

const folder = await mkdtemp(join(tmpdir(), 'cb-'));
process.env.TMPDIR = folder;
let running: Installation | undefined;
let opened: Promise<Session> | undefined;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void cleanUp().then(() => process.exit(1)));

try {
  console.log(describeMachine().join('\n'));
  await bringTools({ tools: join(folder, 'tools'), nats: false });
  await buildFirst(join(folder, 'build.log'));
  for (const name of chosen) {
    console.log(heading(groups[name].title));
    for (const figure of await groups[name].run()) console.log(line(figure));
  }
} finally {
  await cleanUp();
}
process.exit();

function keep(installation: Installation): void {
  running = installation;
}

/** Opened when the first group needs it, on the installation that the group `start` left running. */
function session(): Promise<Session> {
  opened ??= openAndDescribe();
  return opened;
}

async function openAndDescribe(): Promise<Session> {
  if (!running) keep(await startInstallation());
  if (!running) throw new Error('Nothing runs.');
  const made = await openSession(running);
  console.log(`  ${await describeServices(made)}`);
  return made;
}

async function cleanUp(): Promise<void> {
  await opened?.then((made) => made.close()).catch(() => {});
  await running?.stop();
  await rm(folder, { recursive: true, force: true });
}
