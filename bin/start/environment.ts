import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { ChoirHome } from '#lib/home.ts';
import { configuredProviders, modelAddresses, readModelSettings, withoutModelSecrets } from '#lib/settings.ts';

/** Where the running installation's services are and which models it has, by the names of the environment variables that say so. */
const ServiceAddresses = z.object({
  DATABASE_URL: z.string(),
  NATS_URL: z.string(),
  NATS_CREDS: z.string().optional(),
  NATS_ACCOUNT_SEED: z.string().optional(),
  NATS_WEBSOCKET_URL: z.string().optional(),
  CHOIR_MODEL_PROVIDERS: z.string().optional(),
  CHOIR_MODEL: z.string().optional(),
  CHOIR_OPENAI_PROTOCOL: z.string().optional(),
  CHOIR_MODEL_ADDRESSES: z.string().optional(),
});
export type ServiceAddresses = z.infer<typeof ServiceAddresses>;

function addressesPath(home: ChoirHome): string {
  return join(home.run, 'services.json');
}

/** Leaves the addresses for `npm run web` and `npm run worker`. They hold secrets: only this user may read them. */
export function writeServiceAddresses(home: ChoirHome, addresses: ServiceAddresses): void {
  writeFileSync(addressesPath(home), JSON.stringify(addresses), { mode: 0o600 });
}

export function removeServiceAddresses(home: ChoirHome): void {
  rmSync(addressesPath(home), { force: true });
}

/** undefined when nothing runs on this data folder. */
export function readServiceAddresses(home: ChoirHome): ServiceAddresses | undefined {
  try {
    return ServiceAddresses.parse(JSON.parse(readFileSync(addressesPath(home), 'utf8')));
  } catch {
    return undefined;
  }
}

/** Which models there are, for the parts that never see a key; nothing when this environment has none. */
export function modelChoice(environment: NodeJS.Dict<string> = process.env): Omit<ServiceAddresses, 'DATABASE_URL' | `NATS_${string}`> {
  const settings = readModelSettings(environment);
  const providers = configuredProviders(settings);
  if (providers.length === 0) return {};
  const named = environment.CHOIR_OPENAI_PROTOCOL || (settings.OPENAI_BASE_URL ? openAiProtocol(settings.OPENAI_BASE_URL) : undefined);
  const addresses = Object.entries(modelAddresses(settings)).flatMap(([provider, address]) => (address ? [`${provider}=${address}`] : []));
  return {
    CHOIR_MODEL_PROVIDERS: providers.join(','),
    ...(environment.CHOIR_MODEL ? { CHOIR_MODEL: environment.CHOIR_MODEL } : {}),
    ...(named ? { CHOIR_OPENAI_PROTOCOL: named } : {}),
    ...(addresses.length > 0 ? { CHOIR_MODEL_ADDRESSES: addresses.join(' ') } : {}),
  };
}

/** Local servers speak OpenAI's older protocol; the newer one is its own. */
function openAiProtocol(address: string): 'responses' | 'chat' {
  return /(?:^|\.)openai\.com$/.test(new URL(address).hostname) ? 'responses' : 'chat';
}

/**
 * The environment of a part: the person's own, without what npm adds, with the services' addresses. Only the bot gets the bot's token, and only
 * the gateway what belongs to a model provider.
 */
export function partEnvironment(
  part: 'web' | 'gateway' | 'worker' | 'bot',
  home: ChoirHome,
  addresses: ServiceAddresses,
  dev = false,
): NodeJS.ProcessEnv {
  const allowed = part === 'gateway' ? process.env : withoutModelSecrets(process.env);
  const inherited = Object.entries(allowed).filter(([name]) => !/^npm_/i.test(name) && (part === 'bot' || name !== 'TELEGRAM_BOT_TOKEN'));
  return {
    ...Object.fromEntries(inherited),
    ...addresses,
    CHOIR_HOME: home.root,
    NODE_ENV: dev ? 'development' : 'production',
    NEXT_TELEMETRY_DISABLED: '1',
  };
}
