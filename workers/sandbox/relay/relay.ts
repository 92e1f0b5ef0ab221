import { text } from 'node:stream/consumers';
import { createBoundedOutput } from '../local/walls/bounded-output.ts';
import { findControlGroups } from '../local/walls/control-group.ts';
import { createPipeStock, readPipe } from '../local/walls/pipe-stock.ts';
import { isFilteredArchitecture, seccompFilter } from '../local/walls/seccomp-filter.ts';
import { startWalled } from '../local/walls/start-walled.ts';
import { coverStrayDescriptors } from '../local/walls/stray-descriptors.ts';
import { pauseProcesses } from './pause-processes.ts';
import { type RelayPlan, relayReady } from './relay-plan.ts';
import { serveSession } from './serve-session.ts';
import { sessionPlaces } from './session-folder.ts';
import { createSessionLog } from './session-log.ts';
import { splitLines } from './split-lines.ts';
import { lineLimitBytes, logLimitBytes } from './wire.ts';

/**
 * A process of its own that owns the standard input and output of a walled program, so that the program outlives the worker. It dies when
 * the program ends, and the program dies with it. Arguments: the mark of its sandbox, the transaction's folder.
 */
const [mark = '', folder = ''] = process.argv.slice(2);
const stderrBytes = 16 * 1024;
const patience = { ended: { untilFirstMs: 10_000, untilReadMs: 60_000 }, stopped: { untilFirstMs: 0, untilReadMs: 1_000 } };
const stopRequested = 'It was stopped.';

const plan = JSON.parse(await text(process.stdin)) as RelayPlan;
const places = sessionPlaces(folder);
process.chdir(places.root);
const log = createSessionLog(places.log);
const pipes = createPipeStock(places.root, 2);
const output = { stdout: await pipes.take(), stderr: await pipes.take() };
const seccomp = isFilteredArchitecture(process.arch) ? seccompFilter(process.arch) : null;
const group = findControlGroups()?.create(plan.limits) ?? null;
const strayDescriptors = coverStrayDescriptors();
let reason: string | null = null;

const server = serveSession({ path: 'socket', log, write, stop: () => stop(stopRequested), pause });
// Without a group the limit counts what a process reserves: bun reserves gigabytes that it never touches, and crashed at 3 GiB, not at 4.
const limits = group ? plan.limits : { ...plan.limits, memoryBytes: 4 * plan.limits.memoryBytes };
const walled = startWalled({ ...plan, limits, mark, seccomp, strayDescriptors, output, hasInput: true, groups: group?.folders ?? [] });
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop('Its relay was told to end.'));
process.on('SIGHUP', () => {});

const lines = splitLines(
  lineLimitBytes,
  (line) => record('out', line),
  () => stop(`It wrote a line of more than ${lineLimitBytes / 1024 ** 2} MiB.`),
);
const stderr = createBoundedOutput(stderrBytes);
const drained = Promise.all([readPipe(output.stdout, lines.write).ended, readPipe(output.stderr, stderr.write).ended]);
await Promise.all([server.listening, walled.started]);
process.stdout.on('error', () => {}).end(relayReady);

const { code, setup } = await walled.ended;
await drained;
lines.end();
const outOfMemory = group?.ranOutOfMemory() ?? false;
await group?.remove();
log.append('end', `${endOf()}\n${stderr.end()}`.trim());
await server.close(reason === stopRequested ? patience.stopped : patience.ended);
process.exit(0);

/** Written down before the program gets it, so that whoever attaches later knows what it was told. */
function write(line: string, logged = line): void {
  record('in', logged);
  walled.stdin?.write(`${line}\n`);
}

function record(direction: 'in' | 'out', line: string): void {
  if (reason !== null) return;
  try {
    log.append(direction, line);
  } catch (error) {
    stop(`Its log could not be written: ${error instanceof Error ? error.message : error}`);
    return;
  }
  server.grew();
  if (log.bytes() > logLimitBytes) stop(`Its log grew beyond ${logLimitBytes / 1024 ** 2} MiB.`);
}

function stop(why: string): void {
  reason ??= why;
  walled.kill();
}

function pause(): Promise<() => void> {
  const first = walled.firstProcess();
  if (first === null) throw new Error('Nothing runs yet.');
  return pauseProcesses(first);
}

function endOf(): string {
  if (reason !== null) return reason;
  if (outOfMemory) return `It used more than ${Math.round(plan.limits.memoryBytes / 1024 ** 2)} MiB of memory.`;
  if (code !== null) return `It ended with exit code ${code}.`;
  return setup.signal === null ? 'The sandbox could not start.' : 'It was killed.';
}
