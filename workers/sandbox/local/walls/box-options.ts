import { inside, sandboxPath } from './machine-view.ts';

/** Variables of everything behind a wall. */
export const baseEnvironment = {
  CI: '1',
  HOME: inside.home,
  LANG: 'C.UTF-8',
  LOGNAME: 'agent',
  npm_config_audit: 'false',
  npm_config_fund: 'false',
  npm_config_update_notifier: 'false',
  PATH: sandboxPath,
  PYTHONDONTWRITEBYTECODE: '1',
  SHELL: '/bin/bash',
  TERM: 'dumb',
  TMPDIR: '/tmp',
  TZ: 'UTC',
  USER: 'agent',
};

export type Box = {
  /** Host folders that it sees as its working tree and home. */
  tree: string;
  home: string;
  /** What more it sees, as bubblewrap's arguments. */
  view: string[];
  temporaryBytes: number;
  env: Record<string, string>;
};

/**
 * bubblewrap's arguments for one box: namespaces of its own, uid 1000 without capabilities, no network, its tree, home and /tmp to write in.
 * It dies with the process that starts it. Throws when a variable cannot be passed on.
 */
export function boxOptions({ tree, home, view, temporaryBytes, env }: Box): string[] {
  const options = [
    ...['--unshare-all', '--unshare-user', '--disable-userns', '--uid', '1000', '--gid', '1000', '--cap-drop', 'ALL'],
    ...['--new-session', '--die-with-parent', '--bind', tree, inside.tree, '--bind', home, inside.home],
    ...['--perms', '1777', '--size', String(Math.ceil(temporaryBytes)), '--tmpfs', '/tmp', ...view],
    ...['--remount-ro', '/', '--chdir', inside.tree, '--clearenv'],
    ...Object.entries(env).flatMap(([name, value]) => ['--setenv', name, value]),
  ];
  if (options.some((word) => word.includes('\0'))) throw new TypeError('An environment variable holds a NUL character.');
  return options;
}
