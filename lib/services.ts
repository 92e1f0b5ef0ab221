import { type OpenServices, openServices } from '#lib/open-services.ts';
import { readSettings, type Settings } from '#lib/settings.ts';

export type WebServices = OpenServices & { settings: Settings };

/** Next bundles the routes apart from the server that hosts them: the global registry is the one place both see, so a web process opens one of each. */
const key = Symbol.for('choir.services');
const holder = globalThis as { [key]?: Promise<WebServices> };

/** The services of this web process, opened at first use. Throws when the settings are wrong or NATS is away; the next call tries again. */
export function services(): Promise<WebServices> {
  holder[key] ??= open().catch((error: unknown) => {
    holder[key] = undefined;
    throw error;
  });
  return holder[key];
}

/** What `services` returns from now on: for tests, which open their own. */
export function provideServices(provided: WebServices): void {
  holder[key] = Promise.resolve(provided);
}

/** Closes what was opened; the next call of `services` opens anew. */
export async function closeServices(): Promise<void> {
  const opened = await holder[key]?.catch(() => undefined);
  holder[key] = undefined;
  await opened?.close();
}

async function open(): Promise<WebServices> {
  const settings = readSettings();
  return { settings, ...(await openServices(settings, 'web')) };
}
