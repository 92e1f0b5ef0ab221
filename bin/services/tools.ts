import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { type DebianPackage, hasApt, unpackDebianPackage } from './debian-package.ts';
import { findOnPath } from './find-on-path.ts';
import { findNatsServer } from './nats-binary.ts';

/** Programs that Choir calls by name: the Debian package that holds each, and what is lost without it. */
const programs: { name: string; package: string; withDependencies?: true; without: string }[] = [
  { name: 'bwrap', package: 'bubblewrap', without: 'commands cannot be isolated: Choir asks before every one of them' },
  { name: 'getfattr', package: 'attr', without: 'a folder that was deleted and made again cannot be told apart' },
  { name: 'tmux', package: 'tmux', withDependencies: true, without: 'agents that need a terminal of their own cannot run' },
];

/** Where tests keep the programs they had to bring, so that a second run finds them. */
export function testToolsFolder(): string {
  return process.env.CHOIR_TEST_TOOLS ?? join(homedir(), '.cache', 'choir', 'tools');
}

/**
 * Brings the programs that this machine lacks into `tools`, without root and without changing the system, and puts them on the PATH of
 * this process. `report` hears a line for each thing brought; what could not be had is in `missing`, one sentence each.
 */
export async function bringTools(options: {
  tools: string;
  nats: boolean;
  report?: (line: string) => void;
}): Promise<{ missing: string[] }> {
  const missing: string[] = [];
  if (options.nats) await findNatsServer(options);
  for (const program of process.platform === 'linux' ? programs : []) {
    addToPath(join(options.tools, program.package, 'usr', 'bin'));
    if (findOnPath(program.name)) continue;
    options.report?.(`Bringing ${program.package}`);
    const failure = await bring(options.tools, { name: program.package, withDependencies: program.withDependencies });
    if (failure || !findOnPath(program.name))
      missing.push(`${program.name} is missing (${failure ?? 'not in its package'}): ${program.without}.`);
  }
  return { missing };
}

async function bring(tools: string, wanted: DebianPackage): Promise<string | undefined> {
  if (!hasApt()) return `install ${wanted.name} with your package manager`;
  return unpackDebianPackage(tools, wanted).then(
    () => undefined,
    (error: Error) => error.message.trim().split('\n').at(-1),
  );
}

function addToPath(folder: string): void {
  const folders = (process.env.PATH ?? '').split(delimiter);
  if (!folders.includes(folder)) process.env.PATH = [...folders, folder].join(delimiter);
}
