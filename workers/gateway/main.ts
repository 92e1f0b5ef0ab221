import { openServices } from '#lib/open-services.ts';
import { createPrices } from '#lib/prices/create-prices.ts';
import { readPriceTable } from '#lib/prices/price-table.ts';
import { readModelSettings, readSettings } from '#lib/settings.ts';
import { createGateway } from './create-gateway.ts';
import { readUpstreams } from './upstream.ts';

const stopped = Promise.withResolvers<void>();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.resolve());

const modelSettings = readModelSettings();
const upstreams = readUpstreams(modelSettings);
const addresses = new Map([...upstreams].map(([provider, { baseUrl }]) => [provider, baseUrl]));
const prices = createPrices(readPriceTable(modelSettings.CHOIR_MODEL_PRICES), addresses);

const services = await openServices(readSettings(), 'choir gateway');
const gateway = await createGateway({
  ...services,
  upstreams,
  prices,
  transcriptionModel: modelSettings.CHOIR_TRANSCRIPTION_MODEL,
});
console.log(`The model gateway is ready: ${[...upstreams.keys()].join(', ') || 'no provider is set'}.`);
await stopped.promise;
await gateway.close();
await services.close();
