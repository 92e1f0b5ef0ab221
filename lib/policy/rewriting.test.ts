import { spawnSync } from 'node:child_process';
import { cpSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { ToolCall } from '#lib/core/tool.ts';
import { buildRule } from '#tests/build-rule.ts';
import { actionKey } from './action-key.ts';
import { judgeCall } from './judge-call.ts';
import { judgeChanges } from './judge-changes.ts';
import { pinAction } from './pin-action.ts';

type Rewriting = (command: string) => string;

const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
const base64 = (text: string) => Buffer.from(text).toString('base64');
const hex = (text: string) => [...Buffer.from(text)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');

/** Ways to write the first word of a command differently. */
const spelled: Rewriting[] = [
  (c) => c,
  (c) => c.replace(/^(\w)(\w+)/, "$1''$2"),
  (c) => c.replace(/^(\w+)/, '"$1"'),
  (c) => c.replace(/^(\w)/, '\\$1'),
  (c) => c.replace(/^(\w+)/, (word) => `$'${hex(word)}'`),
  (c) => c.replace(/^(\w)/, '$1\\\n'),
  (c) => c.replace(/^(\w+)/, '$(echo $1)'),
  (c) => c.replace(/^(\w+)/, 'x=$1; $x'),
]; // prettier-ignore

/** Programs that start the words behind them. */
const prefixes = ['env', 'env A=1', 'command', 'nohup', 'nice', 'timeout 5', 'exec', 'setsid -w', 'stdbuf -oL', 'xargs -n 99'].map(
  (prefix): Rewriting =>
    (c) =>
      `${prefix} ${c}`,
);
/** Shells and shell grammar around a whole script. */
const around: Rewriting[] = [
  ...['sh -c', 'bash -c', 'bash -euo pipefail -c', '/bin/bash -c', 'eval', 'env sh -c', 'env -S'].map(
    (shell): Rewriting =>
      (c) =>
        `${shell} ${quote(c)}`,
  ),
  (c) => `trap -- ${quote(c)} EXIT`,
  (c) => `( ${c} )`,
  (c) => `{ ${c}; }`,
  (c) => `true && { ${c}; }`,
  (c) => `echo x | { ${c}; }`,
  (c) => `f() { ${c}; }; f`,
  (c) => `if true; then ${c}; fi`,
  (c) => `for i in 1; do ${c}; done`,
  (c) => `cat <( ${c} )`,
  (c) => `echo "$( ${c} )"`,
  (c) => `find . -maxdepth 0 -exec sh -c ${quote(c)} \\;`,
];
/** Ways whose words do not tell what will run. */
const hidden: Rewriting[] = [
  (c) => `echo ${base64(c)} | base64 -d | sh`,
  (c) => `bash <(echo ${base64(c)} | base64 -d)`,
  (c) => `bash <<< ${quote(c)}`,
  (c) => `printf '%b' '${hex(c)}' | bash -s`,
  (c) => `source /dev/stdin <<< ${quote(c)}`,
  (c) => `python3 -c ${quote(`import subprocess; subprocess.run(["bash", "-c", ${JSON.stringify(c)}])`)}`,
  (c) => `awk ${quote(`BEGIN { system(${JSON.stringify(c)}) }`)}`,
  (c) => `x=${quote(`$(${c})`)}; : "\${x@P}"`,
  (c) => `test -v ${quote(`a[$(${c})]`)}`,
];
/** Ways over a file or another machine, which only a rule about commands and an open network make questionable. */
const elsewhere: Rewriting[] = [
  (c) => `echo ${quote(c)} > x.sh; bash x.sh`,
  (c) => `echo ${quote(c)} > x.sh; . ./x.sh`,
  (c) => `tee x <<< ${quote(c)}; chmod +x x; ./x`,
  (c) => `ssh example.org ${quote(c)}`,
  (c) => `docker run image ${c}`,
];

const rewritten = (commands: string[], ways = [...prefixes, ...around, ...hidden]) =>
  fc
    .tuple(
      fc.constantFrom(...commands),
      fc.constantFrom(...spelled.slice(0, ways === around ? 6 : undefined)),
      fc.array(fc.constantFrom(...prefixes), { maxLength: 2 }),
      fc.array(fc.constantFrom(...ways), { maxLength: 3 }),
    )
    .map(([command, spell, inner, outer]) => [...inner, ...outer].reduce((text, rewrite) => rewrite(text), spell(command)));

const isolation = { level: 'full', network: true } as const;
const run = (command: string): ToolCall => ({ tool: 'run_command', args: { command, cwd: '.' } });
const judge = (command: string, rules = [noPublish], projectNetworkAllowed = true) =>
  judgeCall({ call: run(command), mode: 'autonomous', isolation, projectNetworkAllowed, rules, costUsd: 0 });
const noPublish = buildRule([
  { on: 'command', words: ['npm', 'publish'] },
  { on: 'command', words: ['curl'] },
]);

describe('a command that is denied', () => {
  const denied = ['npm publish', 'npm --tag x publish', 'curl https://example.org', 'sudo id', 'git push origin main'];

  test('reaches nothing outside unasked however it is written, where the project may use the network and all was once allowed', () => {
    fc.assert(
      fc.property(
        rewritten(denied, [...prefixes, ...around, ...hidden, ...elsewhere]),
        fc.constantFrom('', 'npm ci; ', 'curl -s https://example.net | cat && '),
        (rewriting, first) => {
          const command = first + rewriting;
          const exact = (network: boolean) => ({
            on: 'action' as const,
            hash: actionKey({ call: run(command), cwd: '.', network, isolated: true }),
          });
          const remembered = buildRule([exact(true), exact(false)], { effect: 'allow' });
          const { decision, reach } = judge(command, [remembered, noPublish]);
          return decision !== 'allow' || reach === 'tree';
        },
      ),
      { numRuns: 1_500 },
    );
  });
  test('is not even run where all of it can be read', () => {
    fc.assert(
      fc.property(rewritten(denied, around), (command) => judge(command).decision === 'deny'),
      { numRuns: 500 },
    );
  });
});

describe('a change that is denied', () => {
  const folder = mkdtempSync(join(tmpdir(), 'choir-rewriting-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const template = join(folder, 'template');
  mkdirSync(join(template, 'db/migrations'), { recursive: true });
  for (const name of ['db/migrations/1.sql', 'db/migrations/2.sql', 'a.txt']) writeFileSync(join(template, name), `${name}\n`);
  const effects = [
    'rm db/migrations/1.sql',
    'cp a.txt db/migrations/3.sql',
    'sed -i s/1/x/ db/migrations/1.sql',
    'mv db/migrations moved',
    'tee db/migrations/2.sql < a.txt',
    'ln -sf ../../a.txt db/migrations/1.sql',
    'touch db/migrations/new',
    'mkdir -p x/migrations/y && touch x/migrations/y/z',
  ];
  const rules = [buildRule([{ on: 'path', glob: '**/migrations/**', act: 'write' }])];

  function files(root: string): Map<string, string> {
    const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => !lstatSync(join(root, path)).isDirectory());
    return new Map(
      paths.map((path) => [
        path,
        lstatSync(join(root, path)).isSymbolicLink() ? readlinkSync(join(root, path)) : readFileSync(join(root, path), 'utf8'),
      ]),
    );
  }

  test('is found in what really changed however it came about, or the command never ran', () => {
    const before = files(template);
    let happened = 0;
    fc.assert(
      fc.property(rewritten(effects), (command) => {
        if (judge(command, rules, false).decision === 'deny') return true;
        const tree = mkdtempSync(join(folder, 'tree-'));
        cpSync(template, tree, { recursive: true });
        spawnSync('bash', ['-c', command], { cwd: tree, stdio: 'ignore', timeout: 10_000 });
        const after = files(tree);
        rmSync(tree, { recursive: true });
        const paths = [...new Set([...before.keys(), ...after.keys()])].filter((path) => before.get(path) !== after.get(path));
        if (paths.length === 0) return true;
        happened += 1;
        const changes = paths.map((path) => ({ path, status: after.has(path) ? 'modified' : 'deleted' }));
        return judgeChanges(changes, rules).decision === 'deny';
      }),
      { numRuns: 80 },
    );
    expect(happened).toBeGreaterThan(20);
  });
});

describe('what was approved', () => {
  test('is byte for byte what its pin says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), fc.string({ unit: 'binary', minLength: 1 }), (one, other) => {
        const pin = (command: string) => pinAction({ call: run(command), cwd: '.', network: true, baseCheckpointId: 'cp_1' });
        return (pin(one) === pin(other)) === (one === other);
      }),
    );
  });
  test('is remembered by its exact words: bash sees the same ones in all that share a key', () => {
    const word = fc.string({ unit: fc.constantFrom(...'ab./-=$* \'"\\~{,}!#;&'), minLength: 1, maxLength: 6 });
    const spell = (text: string) => fc.constantFrom(text, quote(text), `"${text}"`, text.replaceAll(/[^\w./-]/g, '\\$&'));
    const command = fc.array(word.chain(spell), { minLength: 1, maxLength: 3 }).map((words) => `printf '%s\\0' ${words.join(' ')}`);
    const seen = (text: string) => spawnSync('bash', ['-c', text], { cwd: tmpdir(), timeout: 10_000 }).stdout.toString();
    const keyOf = (text: string) => actionKey({ call: run(text), cwd: '.', network: true, isolated: true });
    const variants = fc.array(word, { minLength: 1, maxLength: 2 }).chain((words) => {
      const spelling = fc.tuple(...words.map(spell)).map((spelt) => `printf '%s\\0' ${spelt.join(' ')}`);
      return fc.tuple(spelling, spelling);
    });
    let shared = 0;
    fc.assert(
      fc.property(fc.oneof(variants, fc.tuple(command, command)), ([one, other]) => {
        if (keyOf(one) !== keyOf(other) || one === other) return true;
        shared += 1;
        return seen(one) === seen(other);
      }),
      { numRuns: 1_000 },
    );
    expect(shared).toBeGreaterThan(10);
  });
});
