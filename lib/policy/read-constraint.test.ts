import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Rule, type RuleMatch } from '#lib/core/rule.ts';
import { dependencyMatches } from './constraint/dependency-matches.ts';
import { readConstraint } from './read-constraint.ts';

/** A Saturday. */
const clock = { now: new Date('2026-11-21T10:00:00Z'), timeZone: 'Europe/Berlin' };
const read = (text: string) => readConstraint(text, clock);

/** What a text is read as, short enough to compare: `deny write **\/migrations/**`. */
function short(text: string): string[] {
  const { rules, notUnderstood } = read(text);
  return [
    ...rules.flatMap(({ effect, matches }) => shorten(matches).map((match) => `${effect} ${match}`)),
    ...notUnderstood.map((part) => `?? ${part}`),
  ]; // prettier-ignore
}

function shorten(matches: RuleMatch[]): string[] {
  const known = new Set(dependencyMatches.map((match) => JSON.stringify(match)));
  const rest = matches.filter((match) => !known.has(JSON.stringify(match)));
  return [...(matches.length - rest.length === known.size ? ['dependencies'] : []), ...rest.map(shortMatch)];
}

function shortMatch(match: RuleMatch): string {
  const except = 'except' in match && match.except ? ` except ${match.except.join(' ')}` : '';
  switch (match.on) {
    case 'path':
      return `${match.act} ${match.glob}${except}`;
    case 'command':
      return `run ${match.words.join(' ')}`;
    case 'host':
      return `host ${match.host}${except}`;
    case 'tool':
      return `tool ${match.tool}${match.server ? ` of ${match.server}` : ''}`;
    case 'cost':
      return `cost ${match.aboveUsd}`;
    case 'action':
      return 'action';
  }
}

describe('readConstraint', () => {
  test.each([
    ['no new dependencies', ['deny dependencies']],
    ["Don't add any packages.", ['deny dependencies']],
    ['keep the dependencies as they are', ['deny dependencies']],
    ['never install anything', ['deny dependencies']],
    ['add no library without asking', ['?? add no library without asking']],
    ["don't add libraries without asking me first", ['ask dependencies']],
    ['never touch migrations/', ['deny write **/migrations/**']],
    ['Please do not modify src/db/.', ['deny write src/db/**']],
    ['don’t change *.sql', ['deny write **/*.sql']],
    ['never edit `app/[id]/page.tsx`', ['deny write app/\\[id\\]/page.tsx/**']],
    ['leave package.json alone', ['deny write **/package.json/**']],
    ['src/generated is off limits', ['deny write src/generated/**']],
    ['stay out of infra/', ['deny write **/infra/**']],
    ['keep your hands off the migrations folder', ['deny write **/{migration,migrations}/**']],
    ["don't change src/ and lib/", ['deny write **/src/**', 'deny write **/lib/**']],
    ['never delete or change tests/', ['deny delete **/tests/**', 'deny write **/tests/**']],
    ["don't delete anything in docs/", ['deny delete **/docs/**']],
    ['no deletions', ['deny delete **']],
    ['only change src/', ['deny write ** except src/**']],
    ['only touch src/ and docs/', ['deny write ** except src/** docs/**']],
    ["don't touch anything except src/", ['deny write ** except src/**']],
    ['nothing outside src/ may change', ['deny write ** except src/**']],
    ['stay inside packages/app', ['deny write ** except packages/app/**']],
    ['read only', ['deny write **']],
    ["look, but don't touch", ['deny write **']],
    ["don't change anything", ['deny write **']],
    ['no network', ['deny host *']],
    ["don't use the internet", ['deny host *']],
    ['stay offline', ['deny host *']],
    ['only talk to api.example.com', ['deny host * except api.example.com']],
    ['only talk to api.example.com and *.example.net', ['deny host * except api.example.com *.example.net']],
    ['no network except https://registry.npmjs.org/', ['deny host * except registry.npmjs.org']],
    ['never talk to evil.com', ['deny host evil.com']],
    ['ask before using the network', ['ask host *']],
    ['ask before deleting', ['ask delete **']],
    ['ask me before deleting files', ['ask delete **']],
    ['check with me before changing the Dockerfile', ['ask write **/Dockerfile/**']],
    ['ask before running npm publish', ['ask run npm publish']],
    ['never run rm', ['deny run rm']],
    ['never run `terraform apply` or `make deploy`', ['deny run terraform apply', 'deny run make deploy']],
    ['no curl', ['deny run curl']],
    ['block evil.com', ['deny host evil.com']],
    ['protect migrations/ and do not allow changes to src/', ['deny write **/migrations/**', 'deny write **/src/**']],
    ['never create or rename files in dist/', ['?? never create', '?? rename files in dist/']],
    ['disable the network', ['deny host *']],
    ['stop at $5', ['deny cost 5']],
    ['ask before every command', ['ask tool run_command']],
    ['never push', ['deny run git push']],
    ["don't spend more than $5", ['deny cost 5']],
    ['at most 2.50 dollars', ['deny cost 2.5']],
    ['spend no more than 50 cents', ['deny cost 0.5']],
    ['ask before spending more than $3', ['ask cost 3']],
    ['always allow the tools of docs', ['allow tool * of docs']],
    ['you may use the tool search of the server docs', ['allow tool search of docs']],
    ['never use the tool `deploy`', ['deny tool deploy']],
    ['no mcp tools', ['deny tool mcp']],
    ['always allow npm ci', ['allow run npm ci']],
    ['you may run `npm test` without asking', ['allow run npm test']],
    ["don't ask before talking to api.example.com", ['allow host api.example.com']],
    ["don't rm anything", ['deny run rm']],
    ["don't touch anything outside src/ and docs/", ['deny write ** except src/** docs/**']],
    ["don't change files other than a.ts, b.ts or c.ts", ['deny write ** except a.ts/** b.ts/** c.ts/**']],
    ['no network except a.com and b.com', ['deny host * except a.com b.com']],
    ['never touch src/ except src/app and src/gen', ['deny write **/src/** except src/app/** src/gen/**']],
    ["don't change anything in src/ other than src/gen", ['deny write **/src/** except src/gen/**']],
    ['only docs/ may be changed', ['deny write ** except docs/**']],
    ['never touch *.{ts,tsx} or a/{b,c}/', ['deny write **/*.{ts,tsx}', 'deny write a/{b,c}/**']],
    ['never touch SQL files', ['deny write **/*.sql']],
    ['only change TypeScript files', ['deny write ** except **/*.{ts,tsx,mts,cts}']],
    ['never touch `new/`', ['deny write **/new/**']],
    ['you may not add npm packages, please', ['deny dependencies']],
    ['nobody may touch src/', ['deny write **/src/**']],
    ['absolutely no network', ['deny host *']],
    ['ask before every network call', ['ask host *']],
    ['- no network\n- never touch src/\n2. no curl', ['deny host *', 'deny write **/src/**', 'deny run curl']],
    ['no network\nnever push', ['deny host *', 'deny run git push']],
    ["don't use npm, use pnpm", ['deny run npm', '?? use pnpm']],
    ["don't touch src/, change docs/", ['deny write **/src/**', '?? change docs/']],
    ["don't touch src/, use the network", ['deny write **/src/**', '?? use the network']],
    ['never touch a/ or change b/', ['deny write **/a/**', 'deny write **/b/**']],
    ['you may run npm test and run npm ci', ['allow run npm test', 'allow run npm ci']],
    ['only touch src/ until Friday, then docs/', ['deny write ** except src/**', '?? then docs/']],
    ['spend at most $1,000', ['deny cost 1000']],
    ['allow git push', ['?? allow git push (never allowed, whatever the rules say)']],
    ['no new dependencies, no network and ask before deleting anything', ['deny dependencies', 'deny host *', 'ask delete **']],
    [
      'Never touch migrations/. Ask before installing packages; only change src/',
      ['deny write **/migrations/**', 'ask dependencies', 'deny write ** except src/**'],
    ],
    [
      "don't touch the tests and never run rm",
      [
        'deny write **/{test,tests,__tests__,spec,specs}/**',
        'deny write **/*.{test,spec}.*',
        'deny write **/{test_*,*_test}.*',
        'deny run rm',
      ],
    ],
  ])('reads %j', (text, expected) => expect(short(text)).toEqual(expected)); // prettier-ignore

  test.each([
    'make it pretty',
    'delete everything',
    'never deploy',
    'never make mistakes',
    'never touch *a*a*a*a*a*a',
    'never rename anything',
    'no package.json',
    "don't run tests",
    'avoid touching the database schema',
    'never touch ../secrets',
    'only talk to github',
    'allow everything',
    'allow changing src/',
    'never run `$(x)`',
    "don't spend more than you must",
    'no new libraries until the release',
    "don't create new files",
    "don't modify config files",
    "don't touch it",
    "don't change behaviour",
    'ask me before anything',
    'never run rm on src/',
    'never run git push to main',
    'never touch ~/secrets',
    'always allow sudo',
    'only run npm test',
  ])('says that it does not understand %j', (text) => expect(read(text).notUnderstood).toHaveLength(1)); // prettier-ignore

  test('what it understands stands beside what it does not, for the person to see', () => {
    expect(short('no network, and be nice')).toEqual(['deny host *', '?? be nice']);
  });

  test.each([
    ['no network for today', '2026-11-21T22:59:59.000Z'],
    ['until tomorrow, no network', '2026-11-22T22:59:59.000Z'],
    ['never touch a/ until Friday', '2026-11-27T22:59:59.000Z'],
    ['no network until Saturday', '2026-11-28T22:59:59.000Z'],
    ['no network until 2026-12-01', '2026-12-01T22:59:59.000Z'],
    ['no network until 3 July', '2027-07-03T21:59:59.000Z'],
    ['no network for the next 2 hours', '2026-11-21T12:00:00.000Z'],
    ['no network this week', '2026-11-22T22:59:59.000Z'],
    ['no network till the end of the month', '2026-11-30T22:59:59.000Z'],
  ])('reads the end of %j', (text, until) =>
    expect(read(text).rules[0]).toMatchObject({ until, text: expect.not.stringMatching(/until|for/) }),
  ); // prettier-ignore

  test('says in plain words what will hold', () => {
    expect(read('never touch migrations/ until Friday').rules[0]?.sentence).toBe(
      '`migrations/` (in any folder) may not be changed in any way. This holds until Friday, 27 November 2026 at 23:59 (Europe/Berlin).',
    );
    expect(read('only change src/ and README.md').rules[0]?.sentence).toBe(
      'Nothing outside `src/` and `README.md` may be changed in any way.',
    );
    expect(read('never touch src/ except src/gen').rules[0]?.sentence).toBe(
      '`src/` (in any folder), except for `src/gen/`, may not be changed in any way.',
    );
    expect(read('no commands').rules[0]?.sentence).toBe('No command may be used.');
    expect(read('ask before running npm publish').rules[0]?.sentence).toBe('You are asked before `npm publish` runs.');
    expect(read('only talk to a.com and b.com').rules[0]?.sentence).toBe('Nothing may reach any host other than a.com and b.com.');
  });

  test('any text gets an answer, and every rule is one that can be kept', () => {
    const words =
      'no never ask before only change touch delete run network until Friday src/ and or , . ; `rm` $5 "x" migrations/ https://a.b don\'t'.split(
        ' ',
      );
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.array(fc.constantFrom(...words), { maxLength: 12 }).map((some) => some.join(' ')),
    ); // prettier-ignore
    const place = { ruleId: 'rl_x', scope: 'thread', scopeId: 'th_x', source: 'constraint', by: 'us_x', at: clock.now.toISOString() };
    fc.assert(
      fc.property(texts, (text) =>
        read(text).rules.every(({ sentence, ...rule }) => sentence !== '' && Rule.safeParse({ ...rule, ...place }).success),
      ),
      { numRuns: 500 },
    );
  });
});
