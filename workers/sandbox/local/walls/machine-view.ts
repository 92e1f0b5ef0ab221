import { existsSync, lstatSync, mkdirSync, readlinkSync, realpathSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';

export const inside = { tree: '/workspace', home: '/home/agent', node: '/opt/node' } as const;
export const sandboxPath = `${inside.node}/bin:/opt/python/bin:/usr/local/bin:/usr/bin:/bin`;

const systemFolders = ['/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32'];
const readableSettings = [
  ...['alternatives', 'ca-certificates', 'fonts', 'java-17-openjdk', 'java-21-openjdk', 'ld.so.cache', 'ld.so.conf', 'ld.so.conf.d'],
  ...['localtime', 'magic', 'mime.types', 'perl', 'pki/ca-trust', 'pki/tls/certs', 'protocols', 'python3', 'services', 'ssl/certs'],
  ...['ssl/openssl.cnf', 'terminfo'],
];
const maskedProc = ['key-users', 'keys', 'kpagecount', 'kpageflags', 'sched_debug', 'slabinfo', 'timer_list', 'vmallocinfo', 'zoneinfo'];

/**
 * bubblewrap arguments for what a command sees of the machine: programs and libraries, certificates, the Node that runs Choir
 * and npm, python where there is one; all read-only. `hidden` folders are covered where they lie inside of that.
 * @param settingsFolder private folder for the sandbox's own passwd, group, hosts and nsswitch.conf
 */
export function machineView(settingsFolder: string, hidden: string[], search: NodeJS.ProcessEnv = process.env): string[] {
  const view = ['--ro-bind', '/usr', '/usr'];
  for (const folder of systemFolders) {
    if (!existsSync(folder)) continue;
    if (lstatSync(folder).isSymbolicLink()) view.push('--symlink', readlinkSync(folder), folder);
    else view.push('--ro-bind', folder, folder);
  }
  for (const folder of hidden.map((path) => resolve(path)).filter(isShown)) if (existsSync(folder)) view.push('--tmpfs', folder);
  for (const name of readableSettings) if (existsSync(`/etc/${name}`)) view.push('--ro-bind', `/etc/${name}`, `/etc/${name}`);
  view.push(...ownSettings(settingsFolder));
  view.push('--ro-bind', realpathSync(process.execPath), `${inside.node}/bin/node`, ...npmView(search), ...pythonView(search));
  view.push('--proc', '/proc');
  for (const name of maskedProc) if (existsSync(`/proc/${name}`)) view.push('--ro-bind', '/dev/null', `/proc/${name}`);
  // With Choir run as root the kernel takes a command for the owner of /proc/sys, capabilities or not: only read-only stops it.
  view.push('--remount-ro', '/proc', '--dev', '/dev', '--dir', '/run', '--symlink', '../tmp', '/var/tmp');
  return view;
}

function isShown(path: string): boolean {
  return ['/usr', ...systemFolders].some((folder) => path.startsWith(`${folder}/`));
}

function ownSettings(folder: string): string[] {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const files = {
    passwd: `agent:x:1000:1000:agent:${inside.home}:/bin/bash\nnobody:x:65534:65534:nobody:/:/usr/sbin/nologin\n`,
    group: 'agent:x:1000:\nnogroup:x:65534:\n',
    hosts: '127.0.0.1 localhost choir\n::1 localhost\n',
    'nsswitch.conf': 'passwd: files\ngroup: files\nhosts: files dns\n',
  };
  return Object.entries(files).flatMap(([name, content]) => {
    writeFileSync(join(folder, name), content);
    return ['--ro-bind', join(folder, name), `/etc/${name}`];
  });
}

function npmView(search: NodeJS.ProcessEnv): string[] {
  const program = findProgram('npm', search);
  if (!program) return [];
  const root = dirname(dirname(realpathSync(program)));
  if (!existsSync(join(root, 'bin', 'npm-cli.js'))) return [];
  const shown = root.startsWith('/usr/') ? root : `${inside.node}/lib/node_modules/npm`;
  const links = ['npm', 'npx'].flatMap((name) => ['--symlink', `${shown}/bin/${name}-cli.js`, `${inside.node}/bin/${name}`]);
  return shown === root ? links : ['--ro-bind', root, shown, ...links];
}

/** A python outside of /usr (pyenv, uv, conda) is a whole folder of its own; shims are scripts and lead nowhere. */
function pythonView(search: NodeJS.ProcessEnv): string[] {
  if (existsSync('/usr/bin/python3') || existsSync('/usr/local/bin/python3')) return [];
  const program = findProgram('python3', search);
  const root = program ? dirname(dirname(realpathSync(program))) : '';
  return existsSync(join(root, 'lib')) && existsSync(join(root, 'bin', 'python3')) ? ['--ro-bind', root, '/opt/python'] : [];
}

/** Absolute path of a program on the PATH, or null. */
export function findProgram(name: string, search: NodeJS.ProcessEnv = process.env): string | null {
  const folders = (search.PATH ?? '').split(delimiter).filter((folder) => folder.startsWith('/'));
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null;
}
