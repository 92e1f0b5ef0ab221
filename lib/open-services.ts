import { connectBus } from '#lib/bus/connect-bus.ts';
import { connectDatabase } from '#lib/db/connect-database.ts';
import { createLedger } from '#lib/ledger/create-ledger.ts';
import type { Services } from './context.ts';
import { choirHome } from './home.ts';
import { modelSetup } from './model-setup.ts';
import type { Settings } from './settings.ts';

export type OpenServices = Services & { close(): Promise<void> };

/** Connects one process of Choir (`name` shows in NATS' connection list). Throws when PostgreSQL or NATS cannot be reached. */
export async function openServices(settings: Settings, name: string): Promise<OpenServices> {
  const database = connectDatabase(settings.DATABASE_URL);
  const bus = await connectBus({ url: settings.NATS_URL, credsFile: settings.NATS_CREDS, name });
  const ledger = createLedger({ database, bus });
  return {
    database,
    bus,
    ledger,
    home: choirHome(settings.CHOIR_HOME),
    models: modelSetup(settings),
    async close() {
      await ledger.close();
      await bus.close();
      await database.close();
    },
  };
}
