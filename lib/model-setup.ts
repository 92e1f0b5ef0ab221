import type { ProviderId } from '#lib/core/model-call.ts';
import type { Prices } from '#lib/prices/create-prices.ts';
import { readPriceTable } from '#lib/prices/price-table.ts';
import type { Settings } from '#lib/settings.ts';

/** What this installation knows of models. The keys are the gateway's alone. */
export type ModelSetup = {
  providers: readonly ProviderId[];
  runBudgetUsd: number;
  /** `provider/model` that agents of its provider work with where nobody chose one. */
  usual: string | undefined;
  /** Whether a server of OpenAI's older protocol names the usual model itself. */
  asksOpenaiServer: boolean;
  /** Providers in whose place a server is reached over plain http, which is taken for one of the person's own. */
  ownServers: readonly ProviderId[];
  prices(): Promise<Prices>;
};

type SetupSettings = Pick<
  Settings,
  | 'CHOIR_MODEL_PROVIDERS'
  | 'CHOIR_RUN_BUDGET_USD'
  | 'CHOIR_MODEL'
  | 'CHOIR_OPENAI_PROTOCOL'
  | 'CHOIR_MODEL_ADDRESSES'
  | 'CHOIR_MODEL_PRICES'
>;

/** Throws an Error that names the file when the prices of CHOIR_MODEL_PRICES cannot be used. */
export function modelSetup(settings: SetupSettings): ModelSetup {
  const table = readPriceTable(settings.CHOIR_MODEL_PRICES);
  const addresses = settings.CHOIR_MODEL_ADDRESSES;
  let prices: Promise<Prices> | undefined;
  return {
    providers: settings.CHOIR_MODEL_PROVIDERS,
    runBudgetUsd: settings.CHOIR_RUN_BUDGET_USD,
    usual: settings.CHOIR_MODEL,
    asksOpenaiServer: settings.CHOIR_OPENAI_PROTOCOL === 'chat',
    ownServers: [...addresses].flatMap(([provider, address]) => (address.startsWith('http:') ? [provider] : [])),
    prices() {
      // 20 MB and 0.2 s: only where somebody asks.
      prices ??= import('#lib/prices/create-prices.ts').then(({ createPrices }) => createPrices(table, addresses));
      return prices;
    },
  };
}
