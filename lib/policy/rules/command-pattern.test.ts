import { describe, expect, test } from 'vitest';
import type { Rule } from '#lib/core/rule.ts';
import { buildRule } from '#tests/build-rule.ts';
import { judgeCall } from '../judge-call.ts';

const isolation = { level: 'full', network: true } as const;
const judge = (command: string, words: string, effect: Rule['effect'] = 'deny', projectNetworkAllowed = true) =>
  judgeCall({
    call: { tool: 'run_command', args: { command, cwd: '.' } },
    mode: 'autonomous',
    isolation,
    projectNetworkAllowed,
    rules: [buildRule([{ on: 'command', words: words.split(' ') }], { effect })],
    costUsd: 0,
  }).decision;

describe('a rule that forbids a command', () => {
  test.each([
    ['rm -rf', 'rm -fr x'],
    ['rm -rf', 'rm -r -f x'],
    ['rm -rf', 'rm -vfr x'],
    ['git push --force', 'git push --forc'],
    ['npm publish', 'npm publ'],
    ['npm install', 'npm i x'],
    ['npm install', 'npm add x'],
    ['npm run deploy', 'npm run-script deploy'],
    ['npm uninstall', 'npm r x'],
    ['pip install', 'pip3.12 install x'],
    ['pip install', 'python3 -m pip install x'],
    ['python', 'python3.13 x.py'],
    ['pip3', 'pip install x'],
    ['git commit', '/usr/lib/git-core/git-commit -m x'],
    ['pnpm add', 'pnpm i x'],
    ['npm publish', 'docker compose up; npm publish'],
  ])('%s: denies `%s`', (words, command) => expect(judge(command, words)).toBe('deny'));

  test.each([
    ['rm -rf', 'rm --recursive --force x'],
    ['rm -rf', 'rm $options x'],
    ['git commit --no-verify', 'git commit -n'],
  ])('%s: asks about `%s`, which the program alone understands', (words, command) => expect(judge(command, words)).toBe('ask'));

  test.each([
    ['rm -rf', 'rm -r x'],
    ['npm publish', 'npm pack'],
    ['npm run deploy', 'npm run de'],
    ['npm install', 'npm ci'],
    ['npm update', 'npm uninstall x'],
    ['gcc', 'g++ x.cc'],
    ['sha1', 'sha256sum x'],
    ['git commit --no-verify', 'git commit -m x'],
    ['cargo add', 'cargo install x'],
  ])('%s: leaves `%s` alone', (words, command) => expect(judge(command, words)).toBe('allow'));

  test.each([
    'bash x.sh',
    '. ./x.sh',
    'source x.sh',
    './x.sh',
    'node_modules/x/run',
    '/tmp/x',
    'python3 -c "x"',
    'perl < x',
    'ssh example.org npm publish',
    'docker exec web npm publish',
    'PATH=. ls',
    'NODE_OPTIONS="--require ./x.js" node a.js',
    'cp /usr/bin/npm y; ./y publish',
  ])('asks before `%s` goes out, whose commands nobody has read', (command) => {
    expect(judge(`npm ci; ${command}`, 'npm publish')).toBe('ask');
    expect(judge(`npm ci; ${command}`, 'npm publish', 'allow')).toBe('allow');
  });

  test.each(['npm ci && npm test', 'npm ci; /usr/bin/git status', "bash -c 'npm ci'", 'pip install x; python3 x.py'])(
    'lets `%s` go out',
    (command) => expect(judge(command, 'npm publish')).toBe('allow'),
  );
});
