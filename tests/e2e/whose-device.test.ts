import { describe, expect, it } from 'vitest';
import { choirInBrowser } from './choir-in-browser.ts';
import { away, installedApp, untilKept } from './installed-app.ts';
import { giveGoal, patience, runEnd } from './thread-page.ts';

const inBrowser = choirInBrowser();
const { choir, newProject } = inBrowser;
const { line, install } = installedApp(inBrowser);

describe('a device that goes from hand to hand', () => {
  it('keeps what waits for who said it, while their session is over, and for nobody else; no page acts for another person', async () => {
    const { page, tolerate } = await install('/');
    tolerate(away);
    tolerate(/401/);
    const enter = async (link: { url: string }, at = page) => {
      // A link out of a message is a page of its own: in one that comes to life, Next puts its address back without what stands behind the `#`.
      await at.goto('about:blank');
      await at.goto(`/sign-in${new URL(link.url).hash}`);
      await at.getByRole('button', { name: 'Sign in on this device' }).click();
      await at.waitForURL((url) => url.pathname === '/');
    };
    const person = () => page.locator('meta[name="choir-person"]').getAttribute('content');
    const sayUnheard = async (goal: string, draft = '') => {
      line().cut();
      await page.getByLabel('Goal').fill(goal);
      await page.getByRole('button', { name: 'Send' }).click();
      await page.getByText('Waiting to be sent').waitFor();
      await page.getByLabel('Goal').fill(draft);
      await page.context().clearCookies();
      line().mend();
      await page.waitForURL('**/sign-in');
    };
    const owner = () => choir().api<{ url: string }>('POST', '/api/sign-in/links');
    const ben = await choir().api<{ url: string; userId: string }>('POST', '/api/members', { name: 'Ben' });
    await enter(await owner());
    await sayUnheard('create mine.txt with one');
    await enter(await owner());
    await page.getByText('Sent · open').waitFor();
    await sayUnheard('create secret.txt with two', 'half a secret');
    await enter(ben);
    const mine = page.getByRole('main').getByRole('link', { name: /create mine\.txt with one/ });
    await mine.waitFor();
    expect(await page.getByRole('list', { name: 'On the way' }).count()).toBe(0);
    expect(await page.getByLabel('Goal').inputValue()).toBe('');
    const { threads } = await choir().api<{ threads: { title: string }[] }>('GET', '/api/threads');
    expect(threads.map(({ title }) => title)).not.toContain('create secret.txt with two');
    await mine.click();
    await page.getByRole('feed').getByText('Owner · ').waitFor();

    await page.goto('/settings');
    await enter(await owner(), await page.context().newPage());
    await expect.poll(person, patience).not.toBe(ben.userId);
    const make = page.getByRole('button', { name: 'Make token' });
    const isNamed = async () => {
      // A page that still comes to life does not hear of it.
      for (const name of ['', 'for whom']) await page.getByLabel('New token').fill(name);
      return make.isEnabled();
    };
    await expect.poll(isNamed, patience).toBe(true);
    const again = await choir().api<{ url: string }>('POST', `/api/members/${ben.userId}/links`);
    await make.evaluate(async (button, code) => {
      await fetch('/api/sign-in', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ code }) });
      (button as HTMLButtonElement).click();
    }, new URL(again.url).hash.slice(1));
    await expect.poll(person, patience).toBe(ben.userId);
    const { credentials } = await (await page.request.get('/api/credentials')).json();
    expect(credentials.map(({ name }: { name: string }) => name)).not.toContain('for whom');
  });

  it('keeps nothing of who was signed in while somebody else stood at the door', async () => {
    const { page, tolerate } = await install('/');
    tolerate(away);
    tolerate(/401/);
    const cleo = await choir().api<{ url: string }>('POST', '/api/members', { name: 'Cleo' });
    const door = await page.context().newPage();
    await door.goto(`/sign-in${new URL(cleo.url).hash}`);
    await door.getByRole('button', { name: 'Sign in on this device' }).waitFor();
    await page.goto('/settings');
    await untilKept(page, '/settings', 'Owner');
    await page.close();
    await door.getByRole('button', { name: 'Sign in on this device' }).click();
    await door.waitForURL((url) => url.pathname === '/');
    line().cut();
    await door.goto('/settings');
    await door.getByRole('heading', { name: 'Offline' }).waitFor();
  });

  it('keeps nothing of who signed out', async () => {
    const { page, tolerate } = await install(`/?project=${await newProject()}`);
    tolerate(away);
    tolerate(/401/);
    const threadId = await giveGoal(page, 'create secret.txt with one');
    await runEnd(page, 'Done').waitFor();
    await untilKept(page, `/threads/${threadId}`, 'secret.txt');
    await page.goto('/settings');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL('**/sign-in');
    line().cut();
    await page.goto(`/threads/${threadId}`);
    await page.getByRole('heading', { name: 'Offline' }).waitFor();
    expect(await page.evaluate(async () => (await (await caches.open('choir-pages')).keys()).length)).toBe(0);
    await page.goto('/sign-in');
    await page.getByRole('heading', { name: 'Offline' }).waitFor();
    line().mend();
    await page.goto('/sign-in#choir_link_of_a_message');
    await page.getByRole('button', { name: 'Sign in on this device' }).waitFor();
  });
});
