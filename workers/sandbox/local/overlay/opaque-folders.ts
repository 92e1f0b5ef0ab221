import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { childEnvironment } from '../walls/child-environment.ts';

const foldersPerCall = 100;

/**
 * Which folders under these were removed and made again, as latin1 keys of their absolute path bytes. Overlayfs says so in an
 * extended attribute, which Node cannot read; getfattr writes odd bytes of a name as \ooo.
 */
export async function opaqueFolders(getfattr: string, folders: Buffer[]): Promise<Set<string>> {
  const opaque = new Set<string>();
  for (let start = 0; start < folders.length; start += foldersPerCall) {
    const names = folders.slice(start, start + foldersPerCall).map((folder) => quote(folder.toString('latin1')));
    const program = quote(Buffer.from(getfattr).toString('latin1'));
    const script = `exec ${program} -R -P -h -d --absolute-names -m '^user\\.overlay\\.opaque$' -- ${names.join(' ')}\n`;
    // Node's arguments are UTF-8 and these names are bytes, so they go in as a script.
    const child = spawn('/bin/sh', ['-s'], {
      stdio: ['pipe', 'pipe', 'ignore'],
      env: childEnvironment({ PATH: '/usr/bin:/bin', LC_ALL: 'C' }),
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end(Buffer.from(script, 'latin1'));
    const listing = await text(child.stdout.setEncoding('latin1'));
    for (const match of listing.matchAll(/^# file: (.*)\nuser\.overlay\.opaque="y"$/gm)) opaque.add(unquote(match[1] ?? ''));
  }
  return opaque;
}

function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

function unquote(name: string): string {
  return name.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}
