import { readServiceAddresses } from '#bin/start/environment.ts';
import { openServices } from '#lib/open-services.ts';
import { readSettings } from '#lib/settings.ts';
import type { Installation } from '#tests/installation.ts';

/** Takes a table away under another name, or gives it back: what reads it fails meanwhile. */
export async function renameTable({ home }: Installation, from: string, to: string): Promise<void> {
  const services = await openServices(readSettings({ ...process.env, ...readServiceAddresses(home), CHOIR_HOME: home.root }), 'test');
  try {
    const { sql } = services.database;
    await sql`alter table ${sql(from)} rename to ${sql(to)}`;
  } finally {
    await services.close();
  }
}
