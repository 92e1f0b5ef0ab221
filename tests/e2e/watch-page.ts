import type { Page } from 'playwright-core';

export type PageWatch = {
  /** Lets what matches go by: for a test that makes something fail on purpose. */
  tolerate(pattern: RegExp): void;
  /** What went wrong on the page and was not tolerated, one sentence each. */
  problems(): string[];
};

/** Notes every error that a page meets: in its console, in its scripts, in its requests, and any dialog, which only a foreign script opens. */
export function watchPage(page: Page): PageWatch {
  const seen: string[] = [];
  const tolerated: RegExp[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') seen.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => seen.push(`script: ${error.stack ?? error.message}`));
  page.on('dialog', async (dialog) => {
    seen.push(`dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  page.on('response', (response) => {
    if (response.status() >= 400) seen.push(`response: ${response.status()} ${response.request().method()} ${response.url()}`);
  });
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText;
    // The page itself lets go of requests when it moves on.
    if (reason !== 'net::ERR_ABORTED') seen.push(`request: ${reason} ${request.method()} ${request.url()}`);
  });
  return {
    tolerate: (pattern) => tolerated.push(pattern),
    problems: () => seen.filter((problem) => !tolerated.some((pattern) => pattern.test(problem))),
  };
}
