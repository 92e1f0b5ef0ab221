import { openServices } from '#lib/open-services.ts';
import { readModelSettings, readSettings } from '#lib/settings.ts';
import { createGateway } from './create-gateway.ts';
import { readUpstreams } from './upstream.ts';

const stopped = Promise.withResolvers<void>();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.resolve());

const modelSettings = readModelSettings();
const upstreams = readUpstreams(modelSettings);
const services = await openServices(readSettings(), 'choir gateway');
const gateway = await createGateway({
  ...services,
  upstreams,
  prices: await services.models.prices(),
  transcriptionModel: modelSettings.CHOIR_TRANSCRIPTION_MODEL,
});
console.log(`The model gateway is ready: ${[...upstreams.keys()].join(', ') || 'no provider is set'}.`);
await stopped.promise;
await gateway.close();
await services.close();
