import { openSync, readdirSync, readFileSync } from 'node:fs';

const closeOnExec = 0o2000000;
/** Descriptors that every walled command gets from Choir. */
const walled = 7;

/**
 * Stdio entries (/dev/null, open for good) that cover the descriptors which this process got from its own parent and would hand on to every child: a
 * terminal's or a service manager's sockets are no business of a command. What Node opens itself closes on exec. `given` entries stand before these.
 */
export function coverStrayDescriptors(given = walled): number[] {
  if (process.platform !== 'linux') return [];
  const stray = readdirSync('/proc/self/fdinfo')
    .map(Number)
    .filter((fd) => fd >= given && isHandedOn(fd));
  if (stray.length === 0) return [];
  const nothing = openSync('/dev/null', 'r');
  return Array.from({ length: Math.max(...stray) + 1 - given }, () => nothing);
}

function isHandedOn(fd: number): boolean {
  try {
    const flags = /^flags:\s*([0-7]+)$/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'latin1'))?.[1];
    return flags !== undefined && (Number.parseInt(flags, 8) & closeOnExec) === 0;
  } catch {
    return false;
  }
}
