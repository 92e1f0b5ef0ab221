import { mkdir, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { choirCli } from '#tests/choir-cli.ts';

const { services, url, startChoir, choir } = await choirCli();

test('agents says what each needs, and a goal for one that is not ready is refused with that', async () => {
  const listed = await choir('agents');
  expect(listed.stdout).toMatch(/^rules .*ready$/m);
  expect(listed.stdout).toContain('Set ANTHROPIC_API_KEY and start Choir again.');
  expect(listed.stdout).toMatch(/^claude-code .*\n.*\n {2}Cost of a goal: about \$\d.*; by the list prices of anthropic\/claude-/m);
  expect((await choir('agents', '--model', 'openai/of-nobody')).stdout).toContain('price unknown; there is no price of openai/of-nobody.');
  const refused = await choir('run', 'x', '--agent', 'claude-code');
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('Set ANTHROPIC_API_KEY and start Choir again.') });
});

test('projects are made and listed', async () => {
  const made = await choir('projects', 'create', 'Web', 'shop', '--json');
  expect(JSON.parse(made.stdout)).toMatchObject({ name: 'Web shop', origin: { template: 'blank' } });
  expect((await choir('projects')).stdout).toContain('Web shop');
});

test('refuses bad input with 2 and one sentence', async () => {
  for (const args of [
    ['run'],
    ['run', 'x', '--mode', 'yolo'],
    ['nonsense'],
    ['run', 'x', '--agent', 'nobody'],
    ['run', 'x', '--model', 'gpt'],
    ['run', 'x', '--budget', 'lots'],
    ['budget', 'set', '5', '--thread', 'th_none'],
    ['projects', 'create'],
    ['approve', 'ap_none'],
    ['approve', 'ap_none', '--drop-part', 'a.txt:1'],
    ['modify', 'ap_none'],
    ['threads', 'all'],
    ['token', 'create', '--days', '0'],
  ]) {
    const { code, stderr, stdout } = await choir(...args);
    expect(code, args.join(' ')).toBe(2);
    expect(stderr.trim(), args.join(' ')).not.toBe('');
    expect(stdout).toBe('');
  }
});

test('says in its own words what is wrong with an option or a command', async () => {
  const said = async (...args: string[]) => (await choir(...args)).stderr;
  expect(await said('run', 'x', '--fast')).toBe('There is no option --fast here. --help lists those that there are.\n');
  expect(await said('run', 'x', '--mode')).toBe('--mode needs a value. --help shows which.\n');
  expect(await said('run', 'x', '--yes=no')).toBe('--yes takes no value.\n');
  expect(await said('lgos')).toBe('There is no command "lgos". All there are: npx choir --help\n');
  expect(await said('diff', 'th_a', 'th_b')).toContain('"th_b" is one word too many');
});

test('says what to do without a server, without a token, and with one that was revoked', async () => {
  const nobody = await startChoir(['threads'], { env: { CHOIR_URL: 'http://127.0.0.1:9' } }).ended;
  expect(nobody).toMatchObject({ code: 1, stderr: expect.stringContaining('npm start') });
  const noToken = await startChoir(['threads'], { env: { CHOIR_HOME: '/nonexistent' } }).ended;
  expect(noToken).toMatchObject({ code: 2, stderr: expect.stringContaining('CHOIR_TOKEN') });
  const forged = await startChoir(['threads'], { env: { CHOIR_TOKEN: 'choir_token_forged' } }).ended;
  expect(forged).toMatchObject({ code: 2, stderr: expect.stringMatching(/CHOIR_TOKEN is not valid at .* expired.*token create/) });
});

test('the local token is never sent to another machine', async () => {
  const { code, stderr } = await startChoir(['threads'], { env: { CHOIR_URL: 'http://choir.invalid:3000' } }).ended;
  expect(code).toBe(2);
  expect(stderr).toContain('CHOIR_TOKEN');
});

test('finds the server that runs from the data folder, and makes tokens that work', async () => {
  await mkdir(services.home.run, { recursive: true });
  await writeFile(services.home.webUrl, `${url}\n`);
  const made = await startChoir(['token', 'create', 'for', 'CI'], { env: { CHOIR_URL: '' } }).ended;
  expect(made.code).toBe(0);
  const listed = await startChoir(['threads', '--json'], { env: { CHOIR_HOME: '/nonexistent', CHOIR_TOKEN: made.stdout.trim() } }).ended;
  expect(listed.code).toBe(0);
  expect(JSON.parse(listed.stdout)).toBeInstanceOf(Array);
});

test('link signs in another device', async () => {
  const { code, stdout } = await choir('link');
  expect(code).toBe(0);
  const link = new URL(stdout.trim());
  expect(link.origin).toBe(url);
  const headers = { 'content-type': 'application/json' };
  const signedIn = await fetch(`${url}/api/sign-in`, { method: 'POST', headers, body: JSON.stringify({ code: link.hash.slice(1) }) });
  expect(signedIn.status).toBe(200);
});

test('help names every command', async () => {
  const { code, stdout } = await choir('--help');
  expect(code).toBe(0);
  for (const word of [
    'run',
    'plan',
    'apply',
    'status',
    'threads',
    'approve',
    'reject',
    'diff',
    'revert',
    'token create',
    'agents',
    'costs',
  ]) {
    expect(stdout).toContain(`  ${word}`);
  }
});

test('rules are said back before they hold, listed, and revoked', async () => {
  const words = ['rules', 'add', 'never touch migrations/, and ask before deleting until 2099-01-01'];
  const shown = await choir(...words);
  expect(shown).toMatchObject({ code: 2, stderr: expect.stringContaining('Add --yes') });
  expect(shown.stdout).toContain('`migrations/` (in any folder) may not be changed');
  expect(await choir(...words, '--yes')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('They hold. npx choir rules lists them.'),
  });
  const { stdout } = await choir('rules', 'list', '--json');
  const [never, ask] = JSON.parse(stdout);
  expect([never.effect, ask.effect, ask.until]).toEqual(['deny', 'ask', '2099-01-01T23:59:59.000Z']);
  expect((await choir('rules')).stdout).toMatch(
    /^✗ `migrations\/`.*\n.* {2}everywhere.* · Owner said “never touch migrations\/”.*\n\? You are asked/,
  );

  expect(await choir('rules', 'revoke', never.ruleId)).toMatchObject({ code: 0, stdout: 'Revoked.\n' });
  expect(await choir('rules', 'revoke', never.ruleId)).toMatchObject({ code: 2, stderr: 'No such rule holds.\n' });
});

test('what is not understood, or unknown, is refused with what is wrong', async () => {
  expect(await choir('rules', 'add', 'be nice', '--yes')).toMatchObject({ code: 2, stderr: 'Not understood: be nice. Nothing was set.\n' });
  expect(await choir('rules', 'add', 'no network', '--project', 'nowhere', '--yes')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('no such project'),
  }); // prettier-ignore
  expect(await choir('approve', 'ap_x', '--remember', 'forever')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--remember is one of'),
  }); // prettier-ignore
});
