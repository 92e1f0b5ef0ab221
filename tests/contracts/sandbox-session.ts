import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { waitUntil } from '#bin/services/wait-until.ts';
import type { Program, Session, SessionLine } from '#workers/sandbox/sandbox.ts';
import { type ContractInput, execShell, sandboxUnderTest } from './sandbox-under-test.ts';

const never = new AbortController().signal;

/** Reads until a line passes the test, and gives all that were read. Throws when the lines end first. */
export async function readUntil(session: Session, isLast: (line: SessionLine) => boolean, signal = never): Promise<SessionLine[]> {
  const read: SessionLine[] = [];
  for await (const line of session.lines(signal)) {
    read.push(line);
    if (isLast(line)) return read;
  }
  throw new Error(`The lines ended with ${JSON.stringify(read.slice(-3))}.`);
}

export const said = (text: string) => (line: SessionLine) => line.direction === 'out' && line.text === text;
export const ended = (line: SessionLine) => line.direction === 'end';

export function shellProgram(home: string, script: string, rest: Partial<Program> = {}): Program {
  return { argv: ['bash', '-c', script], env: {}, home, mounts: [], gateway: null, ...rest };
}

/** Answers each line; `quit` ends it with exit code 7. */
export const echoScript = `echo ready; while read -r line; do [ "$line" = quit ] && exit 7; echo "heard $line"; done`;

/** What every kind of sandbox with walls promises of programs that live on. Deaths of workers and relays have their own suite. */
export function describeSessionContract({ name, create }: ContractInput): void {
  describe(`${name}: a session`, () => {
    const bench = sandboxUnderTest(create);
    let threadId: string;

    beforeEach(() => {
      ({ threadId } = bench.newThread({ 'a.txt': 'old' }));
    });
    afterEach(() => bench.sandbox.stop(threadId));

    const open = (script: string, rest: Partial<Program> = {}) =>
      bench.sandbox.openSession({
        threadId,
        id: 'se_1',
        program: shellProgram(bench.home.agentHome(threadId, 'shell'), script, rest),
        signal: never,
      });

    test('carries lines both ways, in order and numbered', async () => {
      const session = await open(echoScript);
      expect(session).toMatchObject({ wasRunning: false, knownLines: 0 });
      await session.write('one');
      await session.write('two');
      const lines = await readUntil(session, said('heard two'));
      expect(lines.map(({ n }) => n)).toEqual(lines.map((_, index) => index + 1));
      const texts = (direction: string) => lines.filter((line) => line.direction === direction).map(({ text }) => text);
      expect(texts('in')).toEqual(['one', 'two']);
      expect(texts('out')).toEqual(['ready', 'heard one', 'heard two']);
    });

    test('says how the program ended, with the end of what it complained', async () => {
      const session = await open('echo out; echo "no such thing" >&2; printf unfinished; exit 3');
      const lines = await readUntil(session, ended);
      expect(lines.map(({ text }) => text)).toEqual(['out', 'unfinished', 'It ended with exit code 3.\nno such thing']);
      await expect(session.write('anyone?')).rejects.toThrow('over');
    });

    test('names a program that is not there', async () => {
      const session = await open('', { argv: ['no-such-program'] });
      expect((await readUntil(session, ended)).at(-1)?.text).toMatch(/127[\s\S]*no-such-program/);
    });

    test('goes on without a worker, and tells the next one everything', async () => {
      const first = await open(echoScript);
      await first.write('one');
      await readUntil(first, said('heard one'));
      await first.detach();
      await expect(first.write('more')).rejects.toThrow('over');
      const second = await open('echo another program');
      expect(second).toMatchObject({ wasRunning: true, knownLines: 3 });
      await second.write('two');
      const lines = await readUntil(second, said('heard two'));
      expect(lines.map(({ text }) => text).sort()).toEqual(['heard one', 'heard two', 'one', 'ready', 'two']);
    });

    test('belongs to who came last', async () => {
      const first = await open(echoScript);
      const second = await open(echoScript);
      await expect(readUntil(first, ended)).rejects.toThrow('The lines ended');
      await expect(first.write('old')).rejects.toThrow('another worker');
      await second.write('new');
      await readUntil(second, said('heard new'));
    });

    test('stop ends every process of it and keeps what it changed; then the changes can be kept', async () => {
      const session = await open('echo new > a.txt; (setsid sleep 86431 &); echo done; sleep 86431');
      await readUntil(session, said('done'));
      expect((await session.transaction.changes()).map(({ kind, path }) => `${kind} ${path}`)).toEqual(['file a.txt']);
      await expect(session.transaction.keep()).rejects.toThrow('stop it');
      await expect(execShell(session.transaction, 'true')).rejects.toThrow('stop it');
      expect(readFileSync(join(bench.home.tree(threadId), 'a.txt'), 'utf8')).toBe('old');
      await session.stop();
      await session.transaction.keep();
      expect(readFileSync(join(bench.home.tree(threadId), 'a.txt'), 'utf8')).toBe('new\n');
      expect(await bench.sandbox.open(threadId)).toEqual([]);
    });

    test('stands still while its changes are read, however its processes wake each other', async () => {
      const script = `wake() { while :; do echo x >> $1; rm -rf d; mkdir d; echo x > d/f; kill -CONT 0; done; }
wake a & wake b & (setsid bash -c 'while :; do echo x >> c; kill -CONT -1; done' &); echo going; wait`;
      const session = await open(script);
      await readUntil(session, said('going'));
      const files = async () => (await session.transaction.changes()).flatMap((change) => ('source' in change ? [change.source] : []));
      const grown = async () => (await files()).find((path) => path.endsWith('/c'));
      await waitUntil(async () => (await grown()) !== undefined, { what: 'nothing changed', timeoutMs: 30_000 });
      const file = (await grown()) ?? '';
      const look = async () => (await files()).map((path) => [path, statSync(path)]);
      for (let round = 0; round < 3; round += 1) {
        const [before, after] = await session.paused(async () => [await look(), await look()]);
        expect(after).toEqual(before);
        const { size } = statSync(file);
        await waitUntil(() => statSync(file).size > size, { what: 'it did not go on', timeoutMs: 30_000 });
      }
      await session.stop();
      expect(await session.paused(async () => 'nothing runs')).toBe('nothing runs');
    });

    test('another program takes up the changes of the one before, and its numbers', async () => {
      const first = await open('echo 1 > grown; echo done');
      const lines = await readUntil(first, ended);
      const second = await open('cat grown; echo 2 >> grown; echo done');
      expect(second.wasRunning).toBe(false);
      expect(second.knownLines).toBeGreaterThanOrEqual(lines.length);
      const more = await readUntil(second, said('done'));
      expect(more.map(({ text }) => text)).toEqual(['1', 'done']);
      expect(more[0]?.n).toBeGreaterThan(second.knownLines);
      expect((await second.transaction.changes()).map(({ path }) => path)).toEqual(['grown']);
    });

    test('is ended by the stop of its thread, unless it is to be kept', async () => {
      const session = await open(echoScript);
      await bench.sandbox.stop(threadId, { keepSessions: true });
      await session.write('one');
      await bench.sandbox.stop(threadId);
      expect((await readUntil(session, ended)).at(-1)?.text).toBe('It was stopped.');
      expect(await (await bench.sandbox.begin({ threadId, id: 'se_1' })).changes()).toEqual([]);
    });

    test('is ended by the drop of its transaction', async () => {
      const session = await open('echo x > x; sleep 86432');
      await session.transaction.drop();
      await readUntil(session, ended);
      expect(await bench.sandbox.open(threadId)).toEqual([]);
    });

    test('has a home that stays, and sees what is mounted, read-only', async () => {
      const outside = mkdtempSync(join(bench.home.root, 'packages-'));
      writeFileSync(join(outside, 'tool'), 'a tool');
      const script = 'cd; pwd; echo kept >> notes; cat notes /opt/tools/tool; echo; touch /opt/tools/x; id -u; echo done';
      const mounts = [{ outside, inside: '/opt/tools' }];
      for (const notes of [['kept'], ['kept', 'kept']]) {
        const lines = await readUntil(await open(script, { mounts }), ended);
        expect(lines.slice(0, -1).map(({ text }) => text)).toEqual(['/home/agent', ...notes, 'a tool', '1000', 'done']);
      }
      expect(readdirSync(outside)).toEqual(['tool']);
      expect(statSync(bench.home.agentHome(threadId, 'shell')).mode & 0o777).toBe(0o700);
      await expect(open(script, { mounts: [{ outside, inside: '/workspace/tools' }] })).rejects.toThrow('mounted');
      expect(existsSync(join(bench.home.tree(threadId), 'tools'))).toBe(false);
    });

    test('carries hostile output as text', async () => {
      const session = await open(String.raw`printf 'a\0b\xff\x1b[31mc\r\n\n{"n":1}\n\xe2\x80\xa8end\n'; cat >/dev/null`);
      const lines = await readUntil(session, said('\u2028end'));
      expect(lines.map(({ text }) => text)).toEqual(['a\ufffdb\ufffd\u001b[31mc', '', '{"n":1}', '\u2028end']);
    });

    test('carries a line of 7 MiB, and ends a program that writes one without end', async () => {
      const session = await open('read -r size; head -c "$size" /dev/zero | tr "\\0" x; echo; head -c 1000000000 /dev/zero; sleep 86433');
      await session.write(String(7 * 1024 ** 2));
      const lines = await readUntil(session, ended);
      expect(lines[1]?.text.length).toBe(7 * 1024 ** 2);
      expect(lines.at(-1)?.text).toBe('It wrote a line of more than 8 MiB.');
    });

    test('ends a program that floods, and tells all that it wrote', async () => {
      const session = await open('while :; do head -c 1000000 /dev/zero | tr "\\0" x; echo; done');
      const lines = await readUntil(session, ended);
      expect(lines.at(-1)?.text).toBe('Its log grew beyond 128 MiB.');
      expect(lines.slice(0, -1).every(({ text }, index) => text.length === 1_000_000 && lines[index]?.n === index + 1)).toBe(true);
    });

    test('takes no line that holds a line break or is too long', async () => {
      const session = await open('cat');
      await expect(session.write('a\nb')).rejects.toThrow('line break');
      await expect(session.write('x'.repeat(8 * 1024 ** 2 + 1))).rejects.toThrow('longer');
      await session.write('é'.repeat(1024 ** 2));
      await readUntil(session, (line) => line.direction === 'out' && line.text.endsWith('é'));
    });

    test('lines stop when their signal aborts; the program does not', async () => {
      const session = await open(echoScript);
      const controller = new AbortController();
      const reading = readUntil(session, ended, controller.signal);
      controller.abort(new Error('enough'));
      await expect(reading).rejects.toThrow('enough');
      await session.write('one');
      await session.stop();
    });
  });
}
