import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type ContractInput, execShell, sandboxUnderTest } from './sandbox-under-test.ts';

/** Every path below a folder with its kind, mode and bytes: two trees are the same when these are. */
export function snapshot(root: string, path = ''): string[] {
  return readdirSync(join(root, path), { withFileTypes: true }).flatMap((entry) => {
    const inner = join(path, entry.name);
    const mode = (lstatSync(join(root, inner)).mode & 0o7777).toString(8);
    if (entry.isSymbolicLink()) return [`${inner} -> ${readlinkSync(join(root, inner))}`];
    if (entry.isDirectory()) return [`${inner}/ ${mode}`, ...snapshot(root, inner)];
    return [`${inner} ${mode} ${readFileSync(join(root, inner), 'base64')}`];
  });
}

/** What every kind of sandbox promises of transactions. Commands, sessions and isolation have their own suites. */
export function describeTransactionContract({ name, create }: ContractInput): void {
  describe(`${name}: a sandbox's transactions`, () => {
    const bench = sandboxUnderTest(create);

    test('leaves the tree as it was until the changes are kept', async () => {
      const { tree, transaction } = await bench.begin({ 'a.txt': 'old', 'd/x': 'x' });
      const before = snapshot(tree);
      await execShell(transaction, 'echo new > a.txt; rm -r d; echo n > n');
      expect(snapshot(tree)).toEqual(before);
      await transaction.drop();
      expect(snapshot(tree)).toEqual(before);
    });

    test('lists and keeps files, folders, links, modes and deletions', async () => {
      const { threadId, tree, transaction } = await bench.begin({
        edited: 'old',
        deleted: 'x',
        'folder/gone/deep': 'x',
        'script.sh': 'true',
        'was-file': 'x',
        'was-folder/x': 'x',
        'renamed/a': 'a',
      });
      await execShell(
        transaction,
        `echo new > edited; rm deleted; rm -r folder/gone; chmod 755 script.sh; rm was-file; mkdir was-file; echo y > was-file/y
rm -r was-folder; echo now > was-folder; mv renamed moved; mkdir -p empty/inner; ln -s edited link; ln edited second; chmod 700 folder`,
      );
      const changes = await transaction.changes();
      const listed = changes.map((change) => `${change.kind} ${change.path}`);
      expect(listed).toEqual([...listed].sort((left, right) => (left.slice(left.indexOf(' ')) < right.slice(right.indexOf(' ')) ? -1 : 1)));
      for (const expected of [
        'file edited',
        'deleted deleted',
        'deleted folder/gone',
        'file script.sh',
        'folder was-file',
        'file was-file/y',
        'file was-folder',
        'deleted renamed',
        'file moved/a',
        'folder empty/inner',
        'symlink link',
        'file second',
        'folder folder',
      ])
        expect(listed).toContain(expected);
      for (const change of changes) if ('source' in change) expect(lstatSync(change.source)).toBeTruthy();
      await transaction.keep();
      expect(snapshot(tree)).toEqual(expect.arrayContaining(['folder/ 700', 'empty/inner/ 755', 'link -> edited']));
      expect(lstatSync(join(tree, 'script.sh')).mode & 0o777).toBe(0o755);
      expect(readFileSync(join(tree, 'edited'), 'utf8')).toBe('new\n');
      expect(readFileSync(join(tree, 'was-folder'), 'utf8')).toBe('now\n');
      for (const path of ['deleted', 'folder/gone', 'renamed']) expect(existsSync(join(tree, path))).toBe(false);
      expect(await bench.sandbox.open(threadId)).toEqual([]);
    });

    test('a folder that was removed and made again holds nothing of what it held', async () => {
      const { tree, transaction } = await bench.begin({ 'top/d/old1': '1', 'top/d/old2': '2' });
      await execShell(transaction, 'rm -r top/d; mkdir top/d; echo n > top/d/new');
      await transaction.changes();
      await transaction.keep();
      expect(readdirSync(join(tree, 'top/d'))).toEqual(['new']);
    });

    test('a transaction goes on over several commands and processes of Choir', async () => {
      const { threadId, tree, transaction } = await bench.begin();
      await execShell(transaction, 'echo 1 > a');
      const again = await bench.sandbox.begin({ threadId, id: 'ca_1' });
      expect(await bench.sandbox.open(threadId)).toEqual(['ca_1']);
      await execShell(again, 'cat a > b');
      await again.keep();
      expect(readFileSync(join(tree, 'b'), 'utf8')).toBe('1\n');
    });

    test('keep and drop may be called again', async () => {
      const { threadId, tree, transaction } = await bench.begin({ a: 'a' });
      await execShell(transaction, 'rm a; echo b > b');
      await transaction.keep();
      await (await bench.sandbox.begin({ threadId, id: 'ca_1' })).keep();
      await (await bench.sandbox.begin({ threadId, id: 'ca_1' })).drop();
      expect(readdirSync(tree)).toEqual(['b']);
    });

    test('keep never follows a link in the tree', async () => {
      const { threadId, tree, transaction } = await bench.begin();
      const outside = mkdtempSync(join(tmpdir(), 'choir-outside-'));
      symlinkSync(outside, join(tree, 'way'));
      const open = await bench.sandbox.begin({ threadId, id: 'ca_2' });
      await execShell(open, 'rm -f way; mkdir -p way; echo x > way/x');
      await open.keep();
      expect(readdirSync(outside)).toEqual([]);
      expect(readFileSync(join(tree, 'way/x'), 'utf8')).toBe('x\n');
      await transaction.drop();
      rmSync(outside, { recursive: true });
    });

    test('keeps the rest of a change that goes deeper than a path can say', async () => {
      const { threadId, tree, transaction } = await bench.begin();
      const name = 'd'.repeat(50);
      const dig = `for i in $(seq 79); do mkdir -p ${name}; cd ${name}; done;`;
      await execShell(transaction, `${dig} echo one > one`);
      await transaction.keep();
      const second = await bench.sandbox.begin({ threadId, id: 'ca_2' });
      await execShell(second, `echo two > two; ${dig} for i in 1 2 3; do mkdir ${name}; cd ${name}; done; echo three > three`);
      await second.changes();
      await second.keep();
      expect(readdirSync(tree).sort()).toEqual([name, 'two']);
      execFileSync('rm', ['-rf', join(tree, name)]);
    });

    test('takes the changes of a command that locked the tree itself', async () => {
      for (const mode of ['555', '000']) {
        const { tree, transaction } = await bench.begin({ old: 'x' });
        await execShell(transaction, `echo y > new; rm old; chmod ${mode} .`);
        expect((await transaction.changes()).map(({ kind, path }) => `${kind} ${path}`)).toEqual(['file new', 'deleted old']);
        await transaction.keep();
        expect(readdirSync(tree)).toEqual(['new']);
      }
    });

    test('no kept file or folder has a set-id bit', async () => {
      const { tree, transaction } = await bench.begin();
      await execShell(
        transaction,
        'mkdir -p new/inner; cp /bin/true tool; cp tool new/inner; chmod 6755 tool new/inner/tool new new/inner',
      );
      await transaction.keep();
      for (const path of ['tool', 'new', 'new/inner', 'new/inner/tool']) expect(lstatSync(join(tree, path)).mode & 0o7777).toBe(0o755);
    });

    test('names what git cannot store, and keeps the rest', async () => {
      const { tree, transaction } = await bench.begin();
      await execShell(transaction, `mkfifo pipe; echo x > $'bad\\xff'; echo x > fine`);
      const changes = await transaction.changes();
      expect(changes.filter((change) => change.kind === 'unstorable').map((change) => change.path)).toEqual(['bad\ufffd', 'pipe']);
      await transaction.keep();
      expect(readdirSync(tree)).toContain('fine');
    });

    test('drops trees that are deep, unreadable and oddly named', async () => {
      const { threadId, transaction } = await bench.begin();
      await execShell(
        transaction,
        `for i in $(seq 60); do mkdir ${'d'.repeat(100)} && cd ${'d'.repeat(100)} || exit; done; cd /; mkdir -p locked/in 2>/dev/null
cd "$OLDPWD"; mkdir locked; echo x > locked/x; chmod 000 locked/x locked; touch $'a\\nb' -- '-rf'`,
      );
      await transaction.changes();
      await transaction.drop();
      expect(await bench.sandbox.open(threadId)).toEqual([]);
    });

    test('keeps a change of 1,000 files', async () => {
      const { tree, transaction } = await bench.begin({ '1/old': 'x' });
      await execShell(
        transaction,
        'for d in 1 2 3 4 5 6 7 8 9 10; do mkdir -p $d; for f in $(seq 100); do echo $d-$f > $d/$f; done; done; rm 1/old',
      );
      expect(await transaction.changes()).toHaveLength(1_000 + 9 + 1);
      await transaction.keep();
      expect(readdirSync(join(tree, '7'))).toHaveLength(100);
      expect(readdirSync(join(tree, '1'))).toHaveLength(100);
    });

    test('reads a plain file as the commands of a transaction have it, and follows no link', async () => {
      const { threadId, tree, transaction } = await bench.begin({ 'a.txt': 'old', 'gone.txt': 'x', 'd/b.txt': 'below' });
      const secret = join(bench.home.root, 'secret');
      writeFileSync(secret, 'of the host');
      writeFileSync(join(tree, '..', 'secret'), 'beside');
      symlinkSync(secret, join(tree, 'link.txt'));
      symlinkSync(bench.home.root, join(tree, 'away'));
      await execShell(transaction, 'echo new > a.txt; rm gone.txt; mkfifo pipe; mv d e; ln -s ../a.txt e/l; ln -s e f; seq 99 > long');
      const read = (path: string, id?: string) => bench.sandbox.readFile({ threadId, path, id, limitBytes: 64 });
      expect(await Promise.all(['a.txt', 'e/b.txt'].map((path) => read(path, 'ca_1')))).toEqual(['new\n', 'below']);
      const others = ['gone.txt', 'link.txt', 'away/secret', 'pipe', 'e', 'e/l', 'f/b.txt', 'long', 'none', 'a.txt/x', '../secret'];
      for (const path of others) expect([path, await read(path, 'ca_1')]).toEqual([path, null]);
      expect(await Promise.all(['a.txt', 'd/b.txt', 'away/secret'].map((path) => read(path)))).toEqual(['old', 'below', null]);
      await transaction.drop();
      expect(await read('a.txt', 'ca_1')).toBe('old');
    });

    test('rejects a transaction id that is a path', async () => {
      await expect(bench.sandbox.begin({ threadId: 'th_1', id: '../x' })).rejects.toThrow('Not a transaction id');
    });
  });
}
