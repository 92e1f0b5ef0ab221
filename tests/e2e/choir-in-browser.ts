import type { BrowserContextOptions } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { type Installation, startInstallation } from '#tests/installation.ts';
import { type DeviceName, openBrowser, type TestBrowser, type Visit } from './open-browser.ts';

export type ChoirInBrowser = {
  choir(): Installation;
  /** A project of its own, empty, for tests that look at files: a thread begins where the project's last one ended. */
  newProject(): Promise<string>;
  /** A page of a device that nobody signed in. */
  stranger(device: DeviceName): Promise<Visit>;
  /** A page of a device of the owner, at `path`. */
  open(device: DeviceName, path: string, options?: BrowserContextOptions): Promise<Visit>;
};

/** `npm start` and a browser for the tests of one file. Each test has pages of its own; an error on any of them fails it. */
export function choirInBrowser(environment: () => Promise<Record<string, string>> = async () => ({})): ChoirInBrowser {
  let installation: Installation;
  let browser: TestBrowser;
  let projects = 0;
  beforeAll(async () => {
    [installation, browser] = await Promise.all([environment().then((added) => startInstallation(undefined, added)), openBrowser()]);
  }, 200_000);
  afterEach(async () => expect(await browser.leave()).toEqual([]));
  afterAll(async () => {
    await browser?.close();
    await installation?.stop();
    await installation?.remove();
  });
  return {
    choir: () => installation,
    newProject: async () => (await installation.api<{ id: string }>('POST', '/api/projects', { name: `garden-${++projects}` })).id,
    stranger: (device) => browser.visit(device, { baseURL: installation.url }),
    async open(device, path, options) {
      const visit = await browser.visit(device, { baseURL: installation.url, ...options });
      const { url } = await installation.api<{ url: string }>('POST', '/api/sign-in/links');
      const answer = await visit.page.request.post('/api/sign-in', { data: { code: new URL(url).hash.slice(1) } });
      expect(answer.status()).toBe(200);
      await visit.page.goto(path);
      return visit;
    },
  };
}
