// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the strings are bash
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeCommand } from './judge-command.ts';

const denied = [
  'sudo ls',
  'su root',
  'rm -rf /',
  'rm -rf ~',
  'rm -rf /*',
  'rm -fr /etc',
  'rm -rf $HOME',
  'mkfs.ext4 /dev/sda1',
  'dd if=/dev/zero of=/dev/sda',
  'shutdown now',
  'reboot',
  'mount /dev/sda1 x',
  'iptables -F',
  'echo x > /dev/sda',
  'git push',
  'git push --force origin main',
  'git reset --hard HEAD~1',
  'git rebase main',
  'git filter-branch x',
  'git update-ref refs/heads/main abc',
  'tee /dev/sda',
  'rm -rf ../..',
  'chmod -R 777 /',
  'find / -delete',
  'rm --recursive --force /usr',
  'crontab -r',
]; // prettier-ignore
const network = [
  'curl https://example.com',
  'wget x',
  'npm install',
  'npm i lodash',
  'npm ci',
  'pnpm add x',
  'yarn',
  'yarn add x',
  'pip install requests',
  'pip3 install x',
  'python3 -m pip install x',
  'cargo install x',
  'go get x',
  'apt-get install x',
  'git clone https://x',
  'git fetch',
  'git pull',
  'ssh host',
  'nc host 1',
  'npx create-vite',
  'docker run x',
  'npm --prefix app install',
  'cat < /dev/tcp/example.com/80',
  'bun add x',
  'uv sync',
]; // prettier-ignore
const quiet = [
  'ls -la',
  'npm test',
  'npm run build',
  'node --test',
  'pytest -q',
  'python3 main.py',
  'cat a | grep b | wc -l',
  'git status',
  'git diff',
  'git log --oneline',
  'npx tsc --noEmit',
  'echo "sudo is a word"',
  'make test',
  'for f in *.txt; do wc -l "$f"; done',
  'cargo test',
  'go test ./...',
  'rm build/*.o',
  'rm -rf dist',
  'x=1 && echo $x',
  'bash build.sh',
  'find . -name "*.ts"',
  'npm run install-hooks',
  'echo hi > out.txt 2>/dev/null',
  'git reset file.txt',
  'cd app && npm run build',
]; // prettier-ignore

describe('judgeCommand', () => {
  test.each(denied)('denies %s', (command) => expect(judgeCommand(command, true)).toMatchObject({ decision: 'deny' }));
  test.each(network)('asks before %s', (command) =>
    expect(judgeCommand(command, false)).toMatchObject({ decision: 'ask', reach: 'outside' }),
  );
  test.each(network)('runs %s unasked where the project may use the network', (command) =>
    expect(judgeCommand(command, true)).toMatchObject({ decision: 'allow', reach: 'outside' }),
  );
  test.each(quiet)('lets %s run in its overlay', (command) =>
    expect(judgeCommand(command, false)).toMatchObject({ decision: 'allow', reach: 'tree' }),
  );
  test.each([
    'cd / && rm -rf *',
    'git reset --har',
    ':(){ :|:& };:',
    'f() { f & f & }; f',
    'echo $(sudo ls)',
    'cat <<EOF\n$(sudo id)\nEOF',
    'if true; then reboot; fi',
    "alias x='sudo ls'; x",
    'xargs -n 1 sudo rm',
    'find . -exec sudo rm {} \\;',
    'env -S "sudo ls"',
    'rm -rf //',
    'rm -rf /./',
    'rm -rf /tmp/..',
    'git -c a=b push',
    'git -C sub push',
    'git --git-dir=x push',
    '[[ -n $(sudo id) ]]',
    'echo ${x:-$(sudo id)}',
    'a=$(sudo id)',
    'echo $((1 + $(sudo id)))',
    'r\\\nm -rf /',
    "bash -lc 'sudo ls'",
    'busybox rm -rf /',
    'command -p sudo ls',
    'bash <(sudo cat x)',
    'trap "sudo ls" EXIT',
  ])('denies the hidden %s', (command) => expect(judgeCommand(command, true).decision).toBe('deny')); // prettier-ignore
  test.each([
    'a=rm; $a -rf /',
    '$(echo rm) -rf /',
    'eval "$x"',
    'echo cm0gLXJmIC8K | base64 -d | bash',
    '{rm,-rf,/}',
    '/bin/r? -rf /',
    'echo / | xargs rm -rf',
    'if',
    'bash -c "$1"',
    'rm -rf "$dir"',
    'git -c alias.x=push x',
    'sh',
    "bash <<< 'rm -rf /'",
    'rm -rf {/,x}',
    'git $x',
  ])('never lets the unreadable %s through unasked', (command) => expect(judgeCommand(command, true).decision).not.toBe('allow')); // prettier-ignore

  const quoted = (word: string) =>
    fc.constantFrom(
      word,
      `'${word}'`,
      `"${word}"`,
      `\\${word}`,
      `${word[0]}''${word.slice(1)}`,
      `$'\\x${word.charCodeAt(0).toString(16)}'${word.slice(1)}`,
      `/usr/bin/${word}`,
      `${word.slice(0, 1)}\\\n${word.slice(1)}`,
    ); // prettier-ignore
  const rewritten = (commands: string[]) =>
    fc.constantFrom(...commands).chain((command) => {
      const [program = '', ...rest] = command.split(' ');
      return fc.tuple(quoted(program), fc.constantFrom(' ', '  ', '\t', ' \\\n ')).map(([name, space]) => [name, ...rest].join(space));
    });
  const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
  type Wrap = (command: string) => string;
  const prefixes: Wrap[] = [
    'env A=1',
    'env -i',
    'command',
    'nohup',
    'nice -n 5',
    'timeout 5',
    'timeout -k 1 5',
    'exec',
    'xargs',
    'xargs -n 1',
    'stdbuf -oL',
    'setsid',
    'busybox',
  ].map((prefix) => (c) => `${prefix} ${c}`); // prettier-ignore
  const shells: Wrap[] = ['sh -c', 'bash -c', '/bin/bash -ec', 'eval', 'env -S', 'dash -c'].map((shell) => (c) => `${shell} ${quote(c)}`);
  const compounds: Wrap[] = [
    (c) => `( ${c} )`,
    (c) => `{ ${c}; }`,
    (c) => `true && ${c}`,
    (c) => `false || ${c}`,
    (c) => `ls; ${c}`,
    (c) => `echo x | ${c}`,
    (c) => `${c} | cat`,
    (c) => `echo $( ${c})`,
    (c) => `echo "$( ${c})"`,
    (c) => `! ${c}`,
    (c) => `time ${c}`,
    (c) => `if true; then ${c}; fi`,
    (c) => `for i in 1 2; do ${c}; done`,
    (c) => `f() { ${c}; }; f`,
    (c) => `cat <( ${c})`,
    (c) => `# note\n${c}`,
    (c) => `${c} >/dev/null 2>&1`,
    (c) => `case x in x) ${c};; esac`,
    (c) => `while ${c}; do ls; done`,
    (c) => `${c} &`,
  ]; // prettier-ignore
  const some = (wraps: Wrap[]) => fc.array(fc.constantFrom(...wraps), { maxLength: 2 });
  const wrapped = (commands: string[]) =>
    fc
      .tuple(rewritten(commands), some(prefixes), some(compounds), some(shells), some(prefixes))
      .map(([command, inner, around, shell, outer]) => {
        const text = [...inner, ...around].reduce((wrappedText, wrap) => wrap(wrappedText), command);
        return shell.length === 0 ? text : [...shell, ...outer].reduce((wrappedText, wrap) => wrap(wrappedText), text);
      });

  test('no rewriting or wrapping of a denied command is allowed', () => {
    fc.assert(
      fc.property(wrapped(denied), fc.boolean(), (command, allowed) => judgeCommand(command, allowed).decision !== 'allow'),
      { numRuns: 2_000 },
    );
  });
  test('nothing that names a network program runs with network unasked', () => {
    fc.assert(
      fc.property(wrapped(network), (command) => {
        const { decision, reach } = judgeCommand(command, false);
        return decision !== 'allow' || reach === 'tree';
      }),
      { numRuns: 1_000 },
    );
  });
  test('any text gets a verdict', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (command) => judgeCommand(command, false).reason.length > 0));
    expect(judgeCommand('('.repeat(50_000), false).decision).toBe('ask');
    expect(judgeCommand('$('.repeat(30_000), false).decision).toBe('ask');
  });
});
