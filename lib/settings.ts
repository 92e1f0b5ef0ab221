import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { type ProviderId, providerIds } from '#lib/core/model-call.ts';

const wrongPort = 'must be a port from 1 to 65535';

const Settings = z.object({
  CHOIR_HOME: z.string().min(1).default(join(homedir(), '.choir')),
  PORT: z.coerce.number(wrongPort).int(wrongPort).min(1, wrongPort).max(65_535, wrongPort).default(3000),
  /** Address the web server listens on; 0.0.0.0 lets the phone in the same network reach it. */
  CHOIR_HOST: z.string().default('127.0.0.1'),
  CHOIR_PUBLIC_URL: z.url().optional(),
  DATABASE_URL: z.string().min(1),
  NATS_URL: z.string().min(1),
  /** Credentials file of Choir's own NATS user; without it NATS_URL must carry what the server asks for. */
  NATS_CREDS: z.string().optional(),
  /** Seed of the NATS account's signing key: with it devices get their own short-lived credentials, without it they follow over SSE. */
  NATS_ACCOUNT_SEED: z.string().optional(),
  /** WebSocket listener of NATS, reached only by the web server's /nats. */
  NATS_WEBSOCKET_URL: z.string().optional(),
  TELEGRAM_BOT_TOKEN: z.string().optional(),
  TELEGRAM_API_ROOT: z.url().optional(),
  /** Public HTTPS address at which Telegram delivers updates; without it the bot asks for them. */
  TELEGRAM_WEBHOOK_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Where the bot listens for them, on loopback: a reverse proxy stands before it. */
  TELEGRAM_WEBHOOK_PORT: z.coerce.number().int().min(0).max(65_535).default(8443),
  /** Milliseconds in a second of Telegram's limits; only a server of tests lives faster. */
  TELEGRAM_SECOND_MS: z.coerce.number().int().min(1).max(1_000).default(1_000),
  /** Origin of a push service on this machine; only tests have one. All others are public, and reached over https. */
  CHOIR_PUSH_TEST_ORIGIN: z.url({ protocol: /^http$/, hostname: /^127\.0\.0\.1$/ }).optional(),
  /** Providers that the model gateway serves, with commas between; `npm start` derives it from the keys, which only the gateway gets. */
  CHOIR_MODEL_PROVIDERS: z
    .string()
    .default('')
    .transform((list) => providerIds.filter((provider) => list.split(',').includes(provider))),
  /** `provider/model` where nobody chose one. */
  CHOIR_MODEL: z
    .templateLiteral([z.enum(providerIds), '/', z.string().min(1).max(180)], 'must be provider/model, such as anthropic/claude-sonnet-4-5')
    .optional(),
  /** What OPENAI_BASE_URL speaks; `npm start` says `chat` for any other address than OpenAI's own. */
  CHOIR_OPENAI_PROTOCOL: z.enum(['responses', 'chat']).default('responses'),
  /** Servers in the providers' own place, as `provider=address` with spaces between; `npm start` derives it. Only for what their models cost: keys and calls are the gateway's. */
  CHOIR_MODEL_ADDRESSES: z
    .string()
    .default('')
    .transform(
      (list) =>
        new Map(
          providerIds.flatMap((provider) => {
            const entry = list.split(' ').find((one) => one.startsWith(`${provider}=`));
            return entry ? [[provider, entry.slice(provider.length + 1)] as const] : [];
          }),
        ),
    ),
  /** JSON file with prices that go before the known ones. */
  CHOIR_MODEL_PRICES: z.string().optional(),
  /** US dollars that a run on its own may spend where nobody said how much. */
  CHOIR_RUN_BUDGET_USD: z.coerce.number().positive().max(10_000).default(5),
});
export type Settings = z.infer<typeof Settings>;

/** What the launcher knows before it has brought the services that the person did not name. */
const LauncherSettings = Settings.partial({ DATABASE_URL: true, NATS_URL: true });
export type LauncherSettings = z.infer<typeof LauncherSettings>;

const address = z.url({ protocol: /^https?$/ }).refine((text) => {
  const url = URL.parse(text);
  return !url || url.username + url.password + url.search === '';
}, 'must be without a name, a password or a query: the key has a variable of its own');
const key = z.string().trim();

/** What the model gateway reads besides: keys and addresses by the names that the providers' own SDKs use. */
const ModelSettings = z.object({
  ANTHROPIC_API_KEY: key.optional(),
  ANTHROPIC_BASE_URL: address.optional(),
  OPENAI_API_KEY: key.optional(),
  OPENAI_BASE_URL: address.optional(),
  GOOGLE_GENERATIVE_AI_API_KEY: key.optional(),
  GEMINI_API_KEY: key.optional(),
  GOOGLE_GEMINI_BASE_URL: address.optional(),
  /** Model of OpenAI's, or of the server in its place, that turns speech into text. */
  CHOIR_TRANSCRIPTION_MODEL: z.string().min(1).max(200).optional(),
});
export type ModelSettings = z.infer<typeof ModelSettings>;

/** Where a provider is reached elsewhere than at its own address. */
export function modelAddresses(settings: ModelSettings): Partial<Record<ProviderId, string>> {
  return { anthropic: settings.ANTHROPIC_BASE_URL, openai: settings.OPENAI_BASE_URL, google: settings.GOOGLE_GEMINI_BASE_URL };
}

/** What only the gateway's process may see is left out: whatever a provider or its tools call their own. */
export function withoutModelSecrets(environment: NodeJS.Dict<string>): NodeJS.Dict<string> {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !/^(?:ANTHROPIC|CLAUDE|OPENAI|CODEX|GOOGLE|GEMINI)_/.test(name)),
  );
}

/** Providers with a key, or with an address: a local server needs none. */
export function configuredProviders(settings: ModelSettings): ProviderId[] {
  const configured: Record<ProviderId, unknown> = {
    anthropic: settings.ANTHROPIC_API_KEY ?? settings.ANTHROPIC_BASE_URL,
    openai: settings.OPENAI_API_KEY ?? settings.OPENAI_BASE_URL,
    google: settings.GOOGLE_GENERATIVE_AI_API_KEY ?? settings.GEMINI_API_KEY ?? settings.GOOGLE_GEMINI_BASE_URL,
  };
  return providerIds.filter((provider) => configured[provider] !== undefined);
}

/** The part of the settings that holds keys and addresses of providers. Throws as `readSettings`. */
export function readModelSettings(environment: NodeJS.Dict<string> = process.env): ModelSettings {
  return parse(ModelSettings, environment);
}

/** The environment, checked once; empty counts as unset. Throws an Error whose message names each variable that is wrong and what it must be. */
export function readSettings(environment: NodeJS.ProcessEnv = process.env): Settings {
  return parse(Settings, environment);
}

/** The same before DATABASE_URL and NATS_URL are settled. */
export function readLauncherSettings(environment: NodeJS.ProcessEnv = process.env): LauncherSettings {
  return parse(LauncherSettings, environment);
}

function parse<Output>(schema: z.ZodType<Output>, environment: NodeJS.Dict<string>): Output {
  const given = Object.entries(environment).filter(([, value]) => value !== '');
  const parsed = schema.safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
  throw new Error(`The environment is not usable. Set these and start again: ${problems}`);
}
