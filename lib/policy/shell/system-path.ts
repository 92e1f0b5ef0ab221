import { posix } from 'node:path';
import type { Argument } from './simple-command.ts';

const systemRoots = new Set(
  'bin boot dev etc home lib lib32 lib64 media mnt opt proc root run sbin srv sys tmp usr var Users System Library'.split(' '),
);

/** Whether a path names the machine rather than the tree: the root, a home, a system folder or something right in one, or what lies above the tree. */
export function isSystemPath({ text }: Argument): boolean {
  if (/^(~|\$HOME|\$\{HOME\})/.test(text)) return true;
  const path = posix.normalize(text.replaceAll(/[*?]+/g, '').replace(/\{[^}]*\}/g, ''));
  if (!path.startsWith('/')) return path.startsWith('..');
  const [top, ...below] = path.split('/').filter((part) => part !== '');
  if (!top) return true;
  return top === 'tmp' ? below.length === 0 : systemRoots.has(top) || below.length === 0;
}

/** Device files that reading and writing is harmless for. */
export function isDangerousDevice({ text }: Argument): boolean {
  const path = posix.normalize(text);
  if (/^\/dev\/(null|zero|full|random|urandom|stdin|stdout|stderr|tty|fd(\/.*)?|shm\/.*)$/.test(path)) return false;
  return path.startsWith('/dev/') || path.startsWith('/sys/') || path.startsWith('/proc/sys');
}

/** bash opens these as network connections. */
export function isNetworkDevice({ text }: Argument): boolean {
  return /^\/dev\/(tcp|udp)\//.test(posix.normalize(text));
}
