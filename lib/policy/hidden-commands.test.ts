import { describe, expect, test } from 'vitest';
import { judgeCommand } from './judge-command.ts';

describe('ways to start a program behind another', () => {
  const hidden = [
    "bash -o pipefail -c 'sudo id'",
    "bash -O extglob -c 'sudo id'",
    "bash -c -o pipefail 'sudo id'",
    "bash +o pipefail -ec 'sudo id'",
    "script -qc 'sudo x' /dev/null",
    "script --command='sudo x' f",
    'script -q /dev/null sudo id',
    "trap -- 'sudo id' EXIT",
    "eval -- 'sudo id'",
    'alias g=git; g push',
    'alias s=sudo; s id',
    'xargs --max-args 1 sudo',
    'stdbuf --output L sudo id',
    'time --output f sudo id',
    'prlimit --nproc 5 sudo id',
    'nice --adjustment 5 sudo id',
    'timeout --signal KILL 5 sudo id',
    'env - sudo id',
    'git --attr-source x push',
    'git --attr-source x reset --hard',
    'git bisect run git push',
    'unshare -r sudo id',
    'unshare --map-user 0 sudo id',
    'bwrap --ro-bind / / --dev /dev sudo id',
    'fakeroot -- sudo id',
    "tmux new-session -d 'sudo id'",
    'tmux new -d sudo id',
    'parallel sudo ::: id',
    "parallel ::: 'sudo id' ls",
    'parallel --retries 3 sudo ::: id',
    'setarch x86_64 -R sudo id',
    'setarch -R sudo id',
    'linux64 sudo id',
    'flock -n lock sudo id',
    "flock lock -c 'sudo id'",
    'coproc sudo id',
    "tar cf x.tar . --checkpoint=1 --checkpoint-action=exec='sudo id'",
    "tar cf x.tar . --checkpoint-act exec='sudo id'",
    "tar -I 'sudo id' -cf x.tar .",
    'awk \'BEGIN{system("sudo id")}\'',
    'awk \'BEGIN{print 1 | "sudo id"}\'',
    'gawk \'BEGIN{"sudo id" | getline}\'',
    "sed 's/x/sudo id/e' f",
    "sed -n -e '1e sudo id' f",
    "sed 's/e/x/;s|a|sudo id|ge' f",
    "GIT_PAGER='sudo id' git log",
  ]; // prettier-ignore
  test.each(hidden)('denies %s', (command) => expect(judgeCommand(command, true).decision).toBe('deny'));

  test.each([
    'source <(echo sudo id)',
    ". /dev/stdin <<< 'sudo id'",
    "bash /dev/stdin <<< 'sudo id'",
    'bash --rcfile x -i',
    'bash --init-file=x -i',
    'bash -s x < y',
    'BASH_ENV=x bash -c true',
    'env BASH_ENV=x bash -c true',
    'export BASH_ENV=x; bash -c true',
    "git config alias.x '!git push'; git x",
    'git config --local alias.c commit; git c --amend',
    'git config set alias.x push',
    'git config core.hooksPath h; git commit -m x',
    'GIT_CONFIG_GLOBAL=x git status',
    'echo sudo id | parallel',
    'echo sudo | xargs -I{} {} id',
    'echo sudo | xargs -I{} sh -c {}',
    'find . -exec sh -c {} \\;',
    "awk '{system($0)}' f",
    "sed 's/x/y/e' f",
    'sed -n 1e f',
  ])('asks for the effect of %s', (command) =>
    expect(judgeCommand(command, true)).toMatchObject({ decision: 'ask', reach: 'tree', rule: 'command.unseen' }),
  ); // prettier-ignore

  test.each([
    'uvx x',
    'deno run https://example.com/x.ts',
    'deno run npm:x',
    'go run example.com/x@latest',
    'cargo build',
    'cargo add x',
    'cargo fetch',
    'openssl s_client -connect example.com:443',
    'timeout --signal KILL 5 curl x',
    "tmux new -d 'curl x'",
  ])('asks before %s', (command) => expect(judgeCommand(command, false)).toMatchObject({ decision: 'ask', reach: 'outside' }));

  test.each([
    'npm test',
    'npm run build',
    'grep -r sudo .',
    'rg mount src',
    'echo git push',
    'cat push.txt',
    'git log',
    'git --no-pager log -n 5',
    'GIT_PAGER=cat git log',
    'git config user.email a@example.com',
    'git config --get core.hooksPath',
    'git config --list',
    'git commit -m "sudo id"',
    'git grep sudo',
    'python3 x.py',
    'make test',
    'source .venv/bin/activate && pytest',
    '. ./env.sh',
    'bash -o pipefail build.sh',
    'bash -x build.sh "$x"',
    "bash -euo pipefail -c 'npm test'",
    'bash -lc \'npm test\' _ "$x"',
    'ENV=test npm test',
    "sed -i 's/a/b/' f",
    "sed -i 's/as/b/;s/e/x/' f",
    "sed -n '/start/,/the end/p' f",
    "sed '/sudo/d;$!N' f",
    'sed -n 5p e',
    "sed -e '1i #!/bin/sh' f",
    "awk '{print $1}' f",
    "awk -F'|' '/foo|bar/ {print $1 || $2}' f",
    'awk \'{print | "sort"}\' f',
    "find . -name '*.ts'",
    "find . -name '*.ts' -exec grep sudo {} +",
    'sort -o out in',
    'xargs -0 grep sudo',
    'xargs -I{} cp {} out',
    'timeout 60 npm test',
    'time -p make test',
    'command -v sudo',
    'command -v docker && echo yes',
    'which sudo',
    "trap 'rm -f x' EXIT",
    'trap - EXIT',
    "alias ls='ls -la'; ls",
    'tar czf x.tgz src',
    'tar -xf x.tar -C out',
    'tar -I zstd -cf x.tar .',
    'openssl dgst -sha256 "$f"',
    'cargo run',
    'cargo build --offline',
    'go run ./cmd/x',
    'deno run x.ts',
  ])('lets the ordinary %s run', (command) => expect(judgeCommand(command, false)).toMatchObject({ decision: 'allow', reach: 'tree' })); // prettier-ignore

  test('programs given in other languages are judged alike: by what they do to the overlay', () => {
    for (const program of ["python3 -c 'x'", "node -e 'x'", "ruby -e 'x'", "perl -e 'x'", "php -r 'x'"])
      expect(judgeCommand(program, false)).toMatchObject({ decision: 'allow', reach: 'tree' });
  });

  test('a program too long to look into is asked for', () => {
    expect(judgeCommand(`awk '${'print '.repeat(50_000)}'`, true).rule).toBe('command.unseen');
    expect(judgeCommand(`sed '${'s!'.repeat(50_000)}'`, true).rule).toBe('command.unseen');
  });

  test('wrappers read in many ways do not cost more than is looked into', () => {
    const many = `${`nice ${'--x '.repeat(30)}`.repeat(30)} ls`;
    expect(judgeCommand(many, true).rule).toBe('command.unseen');
  });
});
