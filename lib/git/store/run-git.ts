import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';

/**
 * Settings that every host-side git runs with. Nothing of a tree, of the machine or of the user is read as configuration:
 * no hooks, monitors, filters, external diffs, credential helpers or transports unless a caller names one.
 */
const hardening = Object.entries({
  'core.hooksPath': '/dev/null',
  'core.fsmonitor': 'false',
  'core.attributesFile': '/dev/null',
  'core.excludesFile': '/dev/null',
  'core.autocrlf': 'false',
  'core.quotePath': 'false',
  'core.symlinks': 'true',
  'core.fsync': 'all',
  'credential.helper': '',
  'protocol.allow': 'never',
  'gc.auto': '0',
  'maintenance.auto': 'false',
  'submodule.recurse': 'false',
}).flatMap(([key, value]) => ['-c', `${key}=${value}`]);

function gitEnvironment(extra: Record<string, string>): NodeJS.ProcessEnv {
  return {
    NODE_ENV: 'production',
    PATH: process.env.PATH,
    HOME: '/nonexistent',
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_SYSTEM: '/dev/null',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_REPLACE_OBJECTS: '1',
    ...extra,
  };
}

export class GitError extends Error {
  readonly exitCode: number | null;
  readonly stderr: string;
  constructor(command: string, exitCode: number | null, stderr: string) {
    super(`git ${command} ended with ${exitCode ?? 'a signal'}: ${stderr.trim().slice(0, 2_000)}`);
    this.name = 'GitError';
    this.exitCode = exitCode;
    this.stderr = stderr;
  }
}

/** `umask` (octal) when git makes files that others see; else this process's own counts. */
export type GitCommand = { store: string; args: string[]; env?: Record<string, string>; umask?: string; signal?: AbortSignal };

/** Starts git on a bare store, hardened. The caller reads its streams; see `finished` for its end. */
export function spawnGit({ store, args, env = {}, umask, signal }: GitCommand): ChildProcessWithoutNullStreams {
  const command = ['git', ...hardening, `--git-dir=${store}`, ...args];
  const [program = '', ...rest] = umask ? ['sh', '-c', `umask ${umask}; exec "$@"`, 'sh', ...command] : command;
  const child = spawn(program, rest, {
    env: gitEnvironment(env),
    signal,
    killSignal: 'SIGKILL',
  });
  child.stdin.on('error', () => {});
  return child;
}

/** Resolves when the process has ended with 0; rejects with a GitError (or the abort) otherwise. */
export function finished(child: ChildProcessWithoutNullStreams, command: string): Promise<void> {
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    if (stderr.length < 65_536) stderr += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new GitError(command, code, stderr))));
  });
}

/**
 * Runs git on a bare store to its end and gives its stdout. Throws GitError. With `keepBytes` it is stopped once it has given more than that, and what
 * came until then is the result.
 */
export async function runGit({
  input,
  keepBytes = Number.POSITIVE_INFINITY,
  ...command
}: GitCommand & { input?: string | Uint8Array; keepBytes?: number }): Promise<Buffer> {
  const child = spawnGit(command);
  const end = finished(child, command.args.find((argument) => /^[a-z]/.test(argument)) ?? '');
  const chunks: Buffer[] = [];
  let size = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    size += chunk.length;
    if (size > keepBytes) child.kill('SIGKILL');
  });
  child.stdin.end(input);
  await end.catch((error: unknown) => {
    if (size <= keepBytes) throw error;
  });
  return Buffer.concat(chunks);
}
