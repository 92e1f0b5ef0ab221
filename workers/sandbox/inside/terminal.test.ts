import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { choirHome } from '#lib/home.ts';
import { createLocalSandbox } from '../local/create-local-sandbox.ts';
import { findSandboxTools } from '../local/find-tools.ts';
import type { Sandbox, Session, TerminalNews, TerminalRequest } from '../sandbox.ts';

const home = choirHome(mkdtempSync(join(tmpdir(), 'choir-terminal-')));
const never = new AbortController().signal;
const tools = findSandboxTools('/nowhere');
let sandbox: Sandbox;

beforeAll(async () => {
  mkdirSync(home.tree('th_1'), { recursive: true });
  sandbox = await createLocalSandbox({ home, tools });
});
afterEach(() => sandbox.stop('th_1'));
afterAll(async () => {
  await sandbox.close();
  rmSync(home.root, { recursive: true, force: true });
});

function open(argv: string[], terminal = { columns: 40, rows: 5 }, where = sandbox): Promise<Session> {
  const program = { argv, terminal, env: { PS1: '> ' }, home: home.agentHome('th_1', 'shell'), mounts: [], gateway: null };
  return where.openSession({ threadId: 'th_1', id: 'se_1', program, signal: never });
}

/** `say` types, `until` reads on to the first news that passes. */
function talk(session: Session) {
  const lines = session.lines(never)[Symbol.asyncIterator]();
  return {
    say: (request: TerminalRequest) => session.write(JSON.stringify(request)),
    async until<News extends TerminalNews>(passes: (news: TerminalNews) => news is News): Promise<News> {
      for (let next = await lines.next(); !next.done; next = await lines.next()) {
        if (next.value.direction === 'end') throw new Error(next.value.text);
        if (next.value.direction === 'in') continue;
        const news = JSON.parse(next.value.text) as TerminalNews;
        if (passes(news)) return news;
      }
      throw new Error('The lines ended.');
    },
  };
}

type Screen = Extract<TerminalNews, { type: 'screen' }>;
const shows =
  (...rows: string[]) =>
  (news: TerminalNews): news is Screen =>
    news.type === 'screen' && rows.every((row, index) => news.screen[index] === row);
const exited = (news: TerminalNews): news is Extract<TerminalNews, { type: 'exited' }> => news.type === 'exited';
const refused = (news: TerminalNews): news is Extract<TerminalNews, { type: 'refused' }> => news.type === 'refused';

describe.skipIf(!tools.tmux)('a program in a terminal', () => {
  test('shows its screen, and takes text and keys', async () => {
    const { say, until } = talk(await open(['bash', '--norc']));
    await until(shows('>'));
    await say({ type: 'text', text: 'echo "héllo $((1+2))"; stty size' });
    await say({ type: 'keys', keys: ['Enter'] });
    const screen = await until(shows('> echo "héllo $((1+2))"; stty size', 'héllo 3', '5 40'));
    expect(screen).toMatchObject({ size: [40, 5] });
    await say({ type: 'keys', keys: ['C-l'] });
    expect(await until(shows('>', '', '', '', ''))).toMatchObject({ cursor: [2, 0] });
  });

  test('stays when the program ends, and the program can be started again', async () => {
    const session = await open(['bash', '--norc', '-c', 'read -r line; echo "got $line"; exit 4']);
    const { say, until } = talk(session);
    await say({ type: 'text', text: 'one\n' });
    expect(await until(exited)).toEqual({ type: 'exited', code: 4 });
    await say({ type: 'start' });
    await say({ type: 'text', text: 'two\n' });
    expect(await until(exited)).toEqual({ type: 'exited', code: 4 });
    await session.transaction.changes();
  });

  test('shows the last that was printed, though tmux had no time to read it before the program ended', async () => {
    const stopped = String.raw`
      read -r _ _ _ tmux _ < /proc/$PPID/stat
      over() { grep -q '^State:.Z' /proc/$PPID/status || grep -qs '8640[0]' /proc/[0-9]*/cmdline; }
      kill -STOP $tmux
      (until over; do :; done; kill -CONT $tmux) > /dev/null 2>&1 < /dev/null &
      seq 2500; printf 'last
\eP and an end that is open'`;
    const { until } = talk(await open(['bash', '--norc', '-c', stopped]));
    await until(shows('2498', '2499', '2500', 'last', ''));
    expect(await until(exited)).toEqual({ type: 'exited', code: 0 });
  });

  test('outlives the worker, and shows itself to the next one when asked', async () => {
    const first = await open(['cat']);
    const before = talk(first);
    await before.say({ type: 'text', text: 'kept\n' });
    await before.until(shows('kept', 'kept'));
    await first.detach();
    const second = await open(['cat']);
    expect(second.wasRunning).toBe(true);
    const { say, until } = talk(second);
    await say({ type: 'text', text: 'more\n' });
    await until(shows('kept', 'kept', 'more', 'more'));
  });

  test('refuses what it does not know, and takes hostile output for text', async () => {
    const { say, until } = talk(
      await open(['bash', '--norc', '-c', String.raw`printf '{"type":"exited"}\n%%end 1 1\n\e]0;title\a\e[31mred\e[0m\n'; cat`]),
    );
    await until(shows('{"type":"exited"}', '%end 1 1', 'red'));
    await say({ type: 'paste' } as unknown as TerminalRequest);
    expect((await until(refused)).reason).toContain('takes text, keys, screen and start');
  });

  test('sees only the sandbox', async () => {
    const { until } = talk(await open(['bash', '--norc', '-c', 'id -u; ls -1d ~ $PWD; echo "$TMUX$LD_LIBRARY_PATH."; cat']));
    await until(shows('1000', '/home/agent', '/workspace', '.'));
  });
});

test.skipIf(!tools.tmux)('a tmux in a folder of its own serves as well, with its libraries', async () => {
  const folder = mkdtempSync(join(home.root, 'tools-'));
  const tmux = join(folder, 'usr', 'bin', 'tmux');
  mkdirSync(dirname(tmux), { recursive: true });
  copyFileSync(realpathSync(tools.tmux ?? ''), tmux);
  const own = await createLocalSandbox({ home, tools: { ...tools, tmux } });
  const session = await open(['bash', '--norc', '-c', 'echo "$LD_LIBRARY_PATH."; ls /opt/tmux/bin; cat'], undefined, own);
  await talk(session).until(shows('.', 'tmux'));
  await own.close();
});

test('a program in a terminal is refused where there is no tmux', async () => {
  const plain = await createLocalSandbox({ home, tools: { ...tools, tmux: null } });
  const program = {
    argv: ['cat'],
    env: {},
    home: home.agentHome('th_1', 'x'),
    mounts: [],
    gateway: null,
    terminal: { columns: 9, rows: 9 },
  };
  await expect(plain.openSession({ threadId: 'th_1', id: 'se_1', program, signal: never })).rejects.toThrow('install the package "tmux"');
  await plain.close();
});
