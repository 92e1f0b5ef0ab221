import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { choirHome } from '#lib/home.ts';
import { execShell } from '#tests/contracts/sandbox-under-test.ts';
import type { Sandbox, Transaction } from '../sandbox.ts';
import { createLocalSandbox } from './create-local-sandbox.ts';
import { findSandboxTools } from './find-tools.ts';

const home = choirHome(mkdtempSync(join(tmpdir(), 'choir-isolation-')));
const secret = join(home.root, 'secret');
let sandbox: Sandbox;
let transaction: Transaction;

beforeAll(async () => {
  mkdirSync(home.tree('th_1'), { recursive: true });
  writeFileSync(secret, 'a secret of Choir');
  vi.stubEnv('CHOIR_TEST_SECRET', 'in the environment');
  sandbox = await createLocalSandbox({ home, tools: findSandboxTools('/nowhere') });
  transaction = await sandbox.begin({ threadId: 'th_1', id: 'ca_1' });
});
afterAll(async () => {
  await sandbox.close();
  vi.unstubAllEnvs();
  rmSync(home.root, { recursive: true, force: true });
});

const output = async (script: string, run = {}) => {
  const { stdout, stderr } = await execShell(transaction, script, run);
  return stdout + stderr;
};

describe('a command behind the wall', () => {
  test('is told of as isolated', () => {
    expect(sandbox.isolation).toMatchObject({ filesystem: true, processes: true, network: true });
  });

  test('is never uid 0, has no capability and cannot gain any', async () => {
    expect(await output('id -u; id -g; grep -E "^(Cap|NoNewPrivs|Seccomp:)" /proc/self/status')).toBe(
      `1000\n1000\n${['CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb'].map((name) => `${name}:\t0000000000000000\n`).join('')}NoNewPrivs:\t1\nSeccomp:\t2\n`,
    );
  });

  test('sees nothing of Choir, of the home, of the checkout', async () => {
    for (const path of [
      secret,
      home.root,
      homedir(),
      join(process.cwd(), 'package.json'),
      '/var/run/docker.sock',
      '/run/docker.sock',
      '/etc/shadow',
    ]) {
      expect(await output(`cat '${path}'; ls '${path}'`), path).not.toMatch(/secret of|"name"/);
      expect((await execShell(transaction, `test -e '${path}'`)).returncode, path).toBe(1);
    }
    expect(await output('cat /proc/*/environ | tr "\\0" "\\n"; env')).not.toMatch(/CHOIR|in the environment|DATABASE_URL/);
  });

  test('sees only its own processes, and cannot signal others', async () => {
    expect(await output('ls /proc | grep -c "^[0-9]"')).toMatch(/^[3-9]\n$/);
    expect(await output(`kill -0 ${process.pid}`)).toContain('No such process');
  });

  test('inherits no open file of Choir', async () => {
    expect(await output('for fd in /proc/$$/fd/*; do readlink $fd; done | grep -v -e /dev/null -e /pipe- -e "^/proc/" || true')).toBe('');
  });

  test('writes nowhere but in its tree, home and /tmp', async () => {
    const script =
      'for place in / /usr /etc /opt /opt/node/bin /run /bin /lib /var; do touch $place/x 2>/dev/null && echo wrote $place; done; touch /tmp/x ~/x ./x && echo ok; rm x';
    expect(await output(script)).toBe('ok\n');
    expect(
      await output('echo x > /opt/node/bin/node; echo x > /etc/passwd; echo x > /usr/bin/env; mv /usr /u; ln -f x /etc/hosts'),
    ).not.toBe('');
  });

  test('cannot change the kernel through /proc', async () => {
    const before = await output('cat /proc/sys/kernel/panic');
    expect(await output('echo 77 > /proc/sys/kernel/panic; echo 1 > /proc/self/oom_score_adj; echo b > /proc/sysrq-trigger')).toMatch(
      /Read-only|No such file/,
    );
    expect(await output('cat /proc/sys/kernel/panic')).toBe(before);
  });

  test('reaches no network: not the internet, not this machine, not abstract sockets', async () => {
    const server = createServer((socket) => socket.end('reached'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    expect(await output(`exec 3<>/dev/tcp/127.0.0.1/${port} && cat <&3`)).toContain('refused');
    expect(await output('exec 3<>/dev/tcp/1.1.1.1/80')).toContain('unreachable');
    expect(await output('cat /proc/net/unix | wc -l')).toBe('1\n');
    expect(await output('ls /sys/class/net 2>/dev/null; tail -n +3 /proc/net/dev | cut -d: -f1')).toBe('    lo\n');
    server.close();
  });

  test('cannot make namespaces, mounts, devices or set-user-id programs that work', async () => {
    expect(await output('unshare -U true')).toContain('Operation not permitted');
    expect(await output('mount -t tmpfs x /tmp')).toMatch(/permission|permitted|must be superuser/i);
    expect(await output('mknod d c 1 3; mknod w c 0 0')).toMatch(/not permitted[\s\S]*not permitted/);
    expect(await output('cp /usr/bin/id i; chmod 4755 i; ./i -u; rm i')).toBe('1000\n');
  });

  test('is refused system calls that it has no use for', async () => {
    const calls = { keyctl: 250, bpf: 321, ptrace: 101, io_uring_setup: 425, userfaultfd: 323, perf_event_open: 298, clone3: 435 };
    if (process.arch !== 'x64') return;
    const script = `import ctypes
libc = ctypes.CDLL(None, use_errno=True)
for name, number in ${JSON.stringify(calls)}.items():
    libc.syscall(number, 0, 0, 0, 0, 0)
    print(name, ctypes.get_errno())
libc.syscall(56, 0x10000000 | 17, 0, 0, 0, 0); print('clone', ctypes.get_errno())
libc.syscall(16, 0, 0x5412, b'x'); print('TIOCSTI', ctypes.get_errno())
libc.syscall(16, 0, 0xffffffff00005412, b'x'); print('TIOCSTI', ctypes.get_errno())
libc.syscall(41, 40, 1, 0); print('vsock', ctypes.get_errno())`;
    const refusals = [...Object.keys(calls), 'clone', 'TIOCSTI', 'TIOCSTI', 'vsock'];
    const expected = refusals.map((name) => `${name} ${name === 'clone3' ? 38 : name === 'vsock' ? 97 : 1}\n`);
    expect(await output('python3 -', { stdin: script })).toBe(expected.join(''));
  });

  test('a link out of the tree leads to nothing of the host', async () => {
    expect(await output(`ln -s '${secret}' way; cat way; rm way`)).toContain('No such file');
  });

  test('has node, npm and a shell', async () => {
    expect(await output('node --version && npm --version && bash -c "echo sh"')).toMatch(
      new RegExp(`^${process.version}\n\\d+\\..*\nsh\n$`),
    );
  });
});

describe('limits behind the wall', () => {
  test('memory of all processes together', async ({ skip }) => {
    if (!sandbox.isolation.limits.includes('memory of all processes together')) skip('no control groups on this machine');
    const grow = 'node -e "const a=[]; for(;;) a.push(Buffer.alloc(1e7, 1))"';
    const result = await execShell(transaction, `${grow} & ${grow} & wait`, { limits: { memoryBytes: 200_000_000 } });
    expect(result).toMatchObject({ ended: 'out-of-memory', returncode: null });
  });

  test('a fork bomb stays in its box', async ({ skip }) => {
    if (!sandbox.isolation.limits.includes('number of processes')) skip('no control groups, and run as root');
    const refused = new AbortController();
    const result = await execShell(transaction, 'bomb() { bomb | bomb & }; bomb; sleep 1000', {
      limits: { processes: 40 },
      signal: refused.signal,
      onOutput: (_, text) => {
        if (text.includes('Resource temporarily unavailable')) refused.abort();
      },
    });
    expect(result.ended).toBe('aborted');
    expect(existsSync(home.tree('th_1'))).toBe(true);
    expect(await output('echo fine')).toBe('fine\n');
  });

  test('a session of its own does not outlive the command', async () => {
    const result = await execShell(transaction, 'setsid sleep 86421 & setsid sleep 86421 & disown -a; echo up');
    expect(result.stdout).toBe('up\n');
    expect(execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })).not.toContain('sleep 86421');
  });
});
