import type { Page } from 'playwright-core';

/** Settles when everything on the page listens: the browser shows what the server sent before React does, and what is pressed meanwhile is lost. */
export async function untilAlive(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    if (!('__next_f' in window)) return true;
    const pressed = [...document.querySelectorAll('a[href], button, input, select, textarea')];
    const isOfReact = (element: Element) => Object.keys(element).some((key) => key.startsWith('__reactProps$'));
    // What a phone does not show stays asleep there.
    return pressed.every((element) => !element.checkVisibility() || isOfReact(element) || element.closest('.cm-editor') !== null);
  });
}

/** Lets no test go on with a page that it went to before all of it listens, unless the test says itself how far to wait. */
export function waitForLife(page: Page): void {
  const { goto, reload, goBack } = page;
  page.goto = async (url, options) => {
    const response = await goto.call(page, url, options);
    if (!options?.waitUntil) await untilAlive(page);
    return response;
  };
  for (const [name, go] of [
    ['reload', reload],
    ['goBack', goBack],
  ] as const)
    page[name] = async (options) => {
      const response = await go.call(page, options);
      await untilAlive(page);
      return response;
    };
}
