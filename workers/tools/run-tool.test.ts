import { existsSync, lstatSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ToolCall, type ToolName, ToolResult } from '#lib/core/tool.ts';
import { sandboxUnderTest } from '#tests/contracts/sandbox-under-test.ts';
import { createLocalSandbox } from '../sandbox/local/create-local-sandbox.ts';
import { findSandboxTools } from '../sandbox/local/find-tools.ts';
import { runTool } from './run-tool.ts';
import type { ArgsOf } from './tool-input.ts';

describe.each([
  { name: 'behind the wall', force: {} },
  { name: 'without isolation', force: { walls: false as const } },
])('tools $name', ({ force }) => {
  const bench = sandboxUnderTest((home) => createLocalSandbox({ home, tools: findSandboxTools('/nowhere'), force }));

  async function project(files: Record<string, string | Buffer> = {}) {
    const { threadId, tree, transaction } = await bench.begin(files);
    const call = async <Name extends ToolName>(tool: Name, args: Partial<ArgsOf<Name>>) =>
      ToolResult.parse(
        await runTool({
          call: ToolCall.parse({ tool, args }),
          transaction,
          signal: new AbortController().signal,
          network: { mode: 'deny' },
        }),
      );
    const read = (path: string) => readFileSync(join(tree, path), 'utf8');
    return { threadId, tree, transaction, call, read };
  }

  test('read, list, search and show the structure', async () => {
    const { call } = await project({ 'a.txt': 'one\ntwo', 'src/b.js': 'two()', 'node_modules/x/index.js': 'two', 'src/deep/er/c': '' });
    expect(await call('read_file', { path: './a.txt' })).toMatchObject({
      status: 'succeeded',
      stdout: 'one\ntwo',
      error: null,
      returncode: 0,
    });
    expect((await call('list_files', { path: 'src' })).stdout).toBe('b.js\ndeep/\n');
    expect((await call('search_files', { query: 'two' })).stdout.split('\n').sort()).toEqual(['', 'a.txt:2:two', 'src/b.js:1:two()']);
    expect((await call('search_files', { query: 't.o' })).stdout).toBe('Nothing found.\n');
    expect((await call('project_structure', { depth: 2 })).stdout).toBe('a.txt\nnode_modules/\nsrc/\n  b.js\n  deep/\n');
  });

  test('create, append, edit, move and delete', async () => {
    const { call, transaction, read, tree } = await project({ 'list.md': '- a', 'old/x': 'x', 'gone/y': 'y', 'win.txt': 'a\r\nb\r\n' });
    expect((await call('create_file', { path: 'deep/in/index.html', content: '<h1>', executable: true })).artifacts).toEqual([
      { path: 'deep/in/index.html', bytes: 4, mediaType: 'text/html' },
    ]);
    expect((await call('append_file', { path: 'list.md', content: '- b' })).status).toBe('succeeded');
    expect((await call('edit_file', { path: 'list.md', find: '- ', replace: '$& * ' })).stdout).toBe(
      'Replaced 2 of 2 occurrences in list.md.\n',
    );
    expect((await call('edit_file', { path: 'win.txt', find: 'a\nb', replace: 'c\nd' })).status).toBe('succeeded');
    expect((await call('move_path', { from: 'old', to: 'new/place' })).status).toBe('succeeded');
    expect((await call('delete_path', { path: 'gone' })).status).toBe('succeeded');
    expect((await call('create_folder', { path: 'empty/inner' })).status).toBe('succeeded');
    await transaction.keep();
    expect(read('list.md')).toBe('$& * a\n$& * b\n');
    expect(read('win.txt')).toBe('c\r\nd\r\n');
    expect(read('new/place/x')).toBe('x');
    expect(lstatSync(join(tree, 'deep/in/index.html')).mode & 0o100).toBe(0o100);
    expect([existsSync(join(tree, 'old')), existsSync(join(tree, 'gone')), existsSync(join(tree, 'empty/inner'))]).toEqual([
      false,
      false,
      true,
    ]);
  });

  test('apply a patch over several files, all or nothing', async () => {
    const { call, transaction, read, tree } = await project({ 'a b.txt': 'one\ntwo\nthree\n', del: 'x\n', ren: 'r\n' });
    const patch = `diff --git a/a b.txt b/a b.txt
--- a/a b.txt
+++ b/a b.txt
@@ -1,3 +1,3 @@
 one
-two
+2
 three
diff --git a/new/n b/new/n
new file mode 100755
--- /dev/null
+++ b/new/n
@@ -0,0 +1 @@
+it's
diff --git a/del b/del
deleted file mode 100644
--- a/del
+++ /dev/null
@@ -1 +0,0 @@
-x
diff --git a/ren b/moved
similarity index 100%
rename from ren
rename to moved
`;
    const misfit = await call('apply_patch', {
      patch: `${patch}diff --git a/moved b/moved\n--- a/moved\n+++ b/moved\n@@ -1 +1 @@\n-not this\n+x\n`,
    });
    expect(misfit).toMatchObject({ status: 'failed', error: expect.stringContaining('does not fit moved') });
    expect(await transaction.changes()).toEqual([]);
    expect((await call('apply_patch', { patch })).stdout).toBe('Changed a b.txt\nCreated new/n\nDeleted del\nMoved ren to moved\n');
    await transaction.keep();
    expect([read('a b.txt'), read('new/n'), read('moved')]).toEqual(['one\n2\nthree\n', "it's\n", 'r\n']);
    expect(lstatSync(join(tree, 'new/n')).mode & 0o100).toBe(0o100);
    expect(existsSync(join(tree, 'del')) || existsSync(join(tree, 'ren'))).toBe(false);
  });

  test('runs a command in a folder of the tree', async () => {
    const { call } = await project({ 'src/x': '' });
    expect(await call('run_command', { command: 'ls; echo no >&2; exit 4', cwd: 'src' })).toMatchObject({
      status: 'failed',
      stdout: 'x\n',
      stderr: 'no\n',
      returncode: 4,
      error: null,
    });
    expect(await call('run_command', { command: 'sleep 1000', timeoutMs: 200 })).toMatchObject({ status: 'timed-out', returncode: null });
    expect((await call('run_command', { command: 'no-such-thing' })).error).toContain('not in the sandbox');
    expect((await call('run_command', { command: 'true', cwd: 'nowhere' })).stderr).toContain('There is no folder');
  });

  test.each([
    ['climbs', 'create_file', { path: '../x', content: '' }],
    ['climbs', 'read_file', { path: 'a/../../x' }],
    ['not in the project', 'read_file', { path: '/etc/passwd' }],
    ['not in the project', 'append_file', { path: '~/x', content: '' }],
    ['NUL', 'delete_path', { path: 'a\0b' }],
    ['too long', 'create_folder', { path: 'x'.repeat(300) }],
    ['project itself', 'delete_path', { path: './' }],
    ['climbs', 'move_path', { from: 'a', to: '..' }],
    ['climbs', 'run_command', { command: 'true', cwd: '..' }],
    ['too long', 'run_command', { command: 'é'.repeat(70_000) }],
    ['not a unified diff', 'apply_patch', { patch: 'hello' }],
    ['climbs', 'apply_patch', { patch: '--- a/../x\n+++ b/../x\n@@ -1 +1 @@\n-a\n+b\n' }],
    ['There is no', 'read_file', { path: 'absent' }],
    ['is a folder', 'read_file', { path: 'folder' }],
    ['There is no', 'move_path', { from: 'absent', to: 'x' }],
    ['already something', 'move_path', { from: 'folder', to: 'text' }],
    ['into itself', 'move_path', { from: 'folder', to: 'folder/in' }],
    ['does not occur', 'edit_file', { path: 'text', find: 'absent', replace: '' }],
    ['not a text file', 'edit_file', { path: 'binary', find: 'a', replace: 'b' }],
    ['leads out', 'read_file', { path: 'way/passwd' }],
    ['leads out', 'create_file', { path: 'way/x', content: '' }],
    ['leads out', 'edit_file', { path: 'way/passwd', find: 'root', replace: 'x' }],
    ['not a tool', 'git_log', {}],
  ] as const)('refuses with "%s": %s', async (reason, tool, args) => {
    const { threadId, transaction, tree } = await project({ 'folder/x': 'x', text: 'some text', binary: Buffer.from([0xff, 0xfe]) });
    symlinkSync('/etc', join(tree, 'way'));
    await transaction.drop();
    const again = await bench.sandbox.begin({ threadId, id: 'ca_2' });
    const result = await runTool({
      call: ToolCall.parse({ tool, args }),
      transaction: again,
      signal: new AbortController().signal,
      network: { mode: 'deny' },
    });
    expect(result).toMatchObject({ status: 'failed', error: expect.stringContaining(reason) });
    expect(await again.changes()).toEqual([]);
  });
});
