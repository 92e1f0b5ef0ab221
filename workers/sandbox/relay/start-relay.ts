import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { childEnvironment } from '../local/walls/child-environment.ts';
import { coverStrayDescriptors } from '../local/walls/stray-descriptors.ts';
import { type RelayPlan, relayReady } from './relay-plan.ts';
import { sessionPlaces } from './session-folder.ts';

const quickStart = fileURLToPath(new URL('../../../bin/quick-start.mjs', import.meta.url));
const relayFile = fileURLToPath(new URL('./relay.ts', import.meta.url));
const program = ['--disable-warning=ExperimentalWarning', '--import', quickStart, relayFile];
const givenDescriptors = 3;
const startMs = 30_000;

/**
 * Starts a relay in a session of its own, which neither this process's death nor its terminal's signals reach, and waits until workers can
 * attach. No other may live in this folder. Throws with what the relay said when it could not, or did not in time.
 */
export async function startRelay(plan: RelayPlan, mark: string): Promise<void> {
  const places = sessionPlaces(plan.folder);
  mkdirSync(places.egress, { recursive: true, mode: 0o700 });
  rmSync(places.socket, { force: true });
  const diary = openSync(places.diary, 'w', 0o600);
  const relay = spawn(process.execPath, [...program, mark, plan.folder], {
    cwd: plan.folder,
    detached: true,
    env: childEnvironment({ PATH: '/usr/sbin:/usr/bin:/sbin:/bin' }),
    stdio: ['pipe', 'pipe', diary, ...coverStrayDescriptors(givenDescriptors)],
  });
  closeSync(diary);
  relay.unref();
  if (!relay.stdin || !relay.stdout) throw new Error('The relay got no pipes.');
  const failed = new Promise<never>((_, reject) => relay.once('error', reject));
  relay.stdin.on('error', () => undefined).end(JSON.stringify(plan));
  const late = setTimeout(() => relay.kill('SIGKILL'), startMs);
  const said = await Promise.race([text(relay.stdout), failed]).finally(() => clearTimeout(late));
  if (said === relayReady) return;
  const why = readFileSync(places.diary, 'utf8').trim().slice(-2_000) || (relay.killed ? 'it took too long.' : 'it ended.');
  throw new Error(`The session's relay could not start: ${why}`);
}
