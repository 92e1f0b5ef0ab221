import type { Actor } from '#lib/auth/actor.ts';
import type { Bus } from '#lib/bus/connect-bus.ts';
import type { Database } from '#lib/db/connect-database.ts';
import type { ChoirHome } from '#lib/home.ts';
import type { Ledger } from '#lib/ledger/create-ledger.ts';
import type { ModelSetup } from '#lib/model-setup.ts';

/** What every process of Choir opens once. */
export type Services = { database: Database; bus: Bus; ledger: Ledger; home: ChoirHome; models: ModelSetup };

/** What a verb gets: the services, and who is asking. */
export type Context = Services & { actor: Actor };
