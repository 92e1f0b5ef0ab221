import { readServiceAddresses } from '#bin/start/environment.ts';
import { connectDatabase } from '#lib/db/connect-database.ts';
import type { Installation } from '#tests/installation.ts';

/** Takes a table away under another name, or gives it back: what reads it fails meanwhile. */
export async function renameTable({ home }: Installation, from: string, to: string): Promise<void> {
  const { sql, close } = connectDatabase(readServiceAddresses(home)?.DATABASE_URL ?? '');
  try {
    await sql`alter table ${sql(from)} rename to ${sql(to)}`;
  } finally {
    await close();
  }
}
