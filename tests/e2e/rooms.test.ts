import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { oauthMcpServer } from '#tests/mcp/oauth-server.ts';
import { choirInBrowser } from './choir-in-browser.ts';
import { expectAccessible } from './expect-accessible.ts';
import { renameTable } from './rename-table.ts';
import { answered, giveGoal, patience, question, runEnd } from './thread-page.ts';

const { choir, newProject, open } = choirInBrowser();
const docs = await oauthMcpServer();

async function zip(files: Record<string, string>): Promise<Buffer> {
  const archive = new ZipFile();
  for (const [path, content] of Object.entries(files)) archive.addBuffer(Buffer.from(content), path);
  archive.end();
  return buffer(archive.outputStream);
}

describe('a new project', () => {
  it('comes from a template, and the next goal works in it', async () => {
    const { page } = await open('phone', `/?project=${await newProject()}`);
    await page.getByLabel('Project').selectOption('New project …');
    await page.waitForURL('**/projects/new');
    await page.getByText('Web page', { exact: true }).tap();
    await page.getByLabel('Name').fill('bakery');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Make project' }).tap();
    await page.getByRole('heading', { name: 'Hand over a goal' }).waitFor();
    const threadId = await giveGoal(page, 'create menu.txt with bread');
    await runEnd(page, 'Done').waitFor();
    await page.getByText('bakery', { exact: true }).first().waitFor();
    expect(await readFile(join(choir().home.tree(threadId), 'index.html'), 'utf8')).toContain('<!doctype html>');
  });

  it('comes from a zip, which gives it its name, and refuses one that climbs out', async () => {
    const { page, tolerate } = await open('phone', '/projects/new');
    await page.getByText('Upload', { exact: true }).tap();
    const climbing = Buffer.from(
      (await zip({ 'xx/evil.txt': 'out' })).toString('latin1').replaceAll('xx/evil.txt', '../evil.txt'),
      'latin1',
    );
    tolerate(/\b4(?:00|22)\b/);
    await page.getByLabel('Zip archive').setInputFiles({ name: 'orchard.zip', mimeType: 'application/zip', buffer: climbing });
    await page.getByRole('button', { name: 'Make project' }).tap();
    await page.getByRole('alert').filter({ hasText: 'This upload is not a zip' }).waitFor();
    await expectAccessible(page);
    const honest = await zip({ 'trees/apple.txt': 'green\n', 'readme.md': '# Orchard\n' });
    await page.getByLabel('Zip archive').setInputFiles({ name: 'orchard.zip', mimeType: 'application/zip', buffer: honest });
    expect(await page.getByLabel('Name').inputValue()).toBe('orchard');
    await page.getByRole('button', { name: 'Make project' }).tap();
    await page.waitForURL(/\/\?project=/);
    const threadId = await giveGoal(page, 'list the files');
    await runEnd(page, 'Done').waitFor();
    expect(await readFile(join(choir().home.tree(threadId), 'trees/apple.txt'), 'utf8')).toBe('green\n');
  });
});

describe('an MCP server that wants a sign-in', () => {
  it('is added, signed in to on its own page as a client set up by hand, and signed out of', async () => {
    const { page, tolerate } = await open('phone', `/projects/${await newProject()}`);
    await page.getByText('Address', { exact: true }).tap();
    await page.getByRole('textbox', { name: 'Name' }).fill('docs');
    await page.getByRole('textbox', { name: 'Address' }).fill(docs.url);
    await page.getByRole('button', { name: 'Add server' }).tap();
    await page.getByText('Sign-in needed').waitFor();
    await expectAccessible(page);
    docs.trait.registers = false;
    tolerate(/\b503\b/);
    await page.getByRole('button', { name: 'Sign in to docs' }).tap();
    const callback = new URL('/api/mcp-sign-in', page.url()).href;
    await page.getByRole('alert').filter({ hasText: callback }).waitFor();
    await page.getByRole('textbox', { name: 'Client ID' }).fill(docs.enroll(callback, 'secret-of-choir'));
    await page.getByLabel('Client secret').fill('secret-of-choir');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Sign in with it' }).tap();
    await page.getByRole('link', { name: 'Let Choir in' }).tap();
    await page.getByText('signed in').waitFor();
    await page.getByText('Asked for its tools when a run begins').waitFor();
    await page.getByRole('button', { name: 'Sign out of docs' }).tap();
    await page.getByText('Sign-in needed').waitFor();
    await page.getByRole('button', { name: /^Delete the project/ }).tap();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete for good' }).tap();
    await page.waitForURL('**/settings');
  });
});

describe('a page that Choir could not make', () => {
  it('says so, and is there once it is asked for again', async () => {
    const { page, tolerate } = await open('phone', '/settings');
    tolerate(/\b500\b|Minified React error/);
    await renameTable(choir(), 'rules', 'rules_away');
    try {
      await page.goto('/rules');
      await page.getByRole('heading', { name: 'This did not work' }).waitFor();
      await expectAccessible(page);
    } finally {
      await renameTable(choir(), 'rules_away', 'rules');
    }
    await page.getByRole('button', { name: 'Try again' }).tap();
    await page.getByRole('heading', { name: 'Rules and budgets' }).waitFor();
  });
});

describe('at a desk', () => {
  it('takes a goal to its end by keyboard alone', async () => {
    const { page } = await open('desktop', `/?project=${await newProject()}`);
    const { keyboard } = page;
    const goal = page.getByLabel('Goal');
    await expect.poll(() => goal.evaluate((field) => field === document.activeElement), patience).toBe(true);
    await keyboard.type('create a.txt with one then run `rm a.txt; touch b.txt`');
    await keyboard.press('Enter');
    const approve = question(page).getByRole('button', { name: 'Approve' });
    await approve.waitFor();
    await expectAccessible(page);
    for (let press = 0; press < 60 && !(await approve.evaluate((button) => button === document.activeElement)); press += 1)
      await keyboard.press('Tab');
    await keyboard.press('Enter');
    await answered(page, 'Approved').waitFor();
    await runEnd(page, 'Done').waitFor();
    const threadId = new URL(page.url()).pathname.split('/')[2] ?? '';
    await expect(access(join(choir().home.tree(threadId), 'a.txt'))).rejects.toThrow();
    await page.getByRole('button', { name: /^Checkpoint #1 / }).focus();
    await keyboard.press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: 'Go back to here' }).waitFor();
    await keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const back = page.getByRole('button', { name: /^Checkpoint #1 / });
    await expect.poll(() => back.evaluate((button) => button === document.activeElement), patience).toBe(true);
  });

  it('keeps its theme, makes a link for another device and a token, and signs out', async () => {
    const { page, tolerate } = await open('desktop', '/settings');
    const around = () =>
      page.locator('meta[name="theme-color"]').evaluateAll((metas) => metas.map((meta) => (meta as HTMLMetaElement).content));
    // What this device can take is known once the page has come to life.
    await page.getByText(/blocks notifications|Turn on for this device/).waitFor();
    const [light, dark] = await around();
    const beside = await page.context().newPage();
    await beside.goto(page.url());
    await beside.getByText(/blocks notifications|Turn on for this device/).waitFor();
    await page.getByText('Dark', { exact: true }).click();
    expect(await around()).toEqual([dark, dark]);
    await page.reload();
    expect(await around()).toEqual([dark, dark]);
    await expectAccessible(page);
    await expect.poll(() => beside.getByRole('radio', { name: 'Dark' }).isChecked(), patience).toBe(true);
    await page.getByText('System', { exact: true }).click();
    expect(await around()).toEqual([light, dark]);
    await expect.poll(() => beside.getByRole('radio', { name: 'System' }).isChecked(), patience).toBe(true);
    await beside.close();
    await page.getByRole('button', { name: 'Sign in another device' }).click();
    await page.getByRole('img', { name: 'The link as a QR code' }).waitFor();
    await page.getByText(/\/sign-in#choir_link_/).waitFor();
    await page.getByLabel('New token').fill('laptop');
    await page.getByRole('button', { name: 'Make token' }).click();
    await page.getByRole('button', { name: 'Revoke laptop' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Revoke laptop' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('button', { name: 'Revoke laptop' }).waitFor({ state: 'detached' });
    await page.getByText('Copy this token now').waitFor({ state: 'detached' });
    // Its live connection ends with the session, and asks once more before the page has left.
    tolerate(/401|WebSocket connection/);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL('**/sign-in');
    await page.goto('/');
    await page.waitForURL('**/sign-in');
  });
});
