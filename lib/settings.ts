import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

const Settings = z.object({
  CHOIR_HOME: z.string().min(1).default(join(homedir(), '.choir')),
  PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
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
});
export type Settings = z.infer<typeof Settings>;

/** What the launcher knows before it has brought the services that the person did not name. */
const LauncherSettings = Settings.partial({ DATABASE_URL: true, NATS_URL: true });
export type LauncherSettings = z.infer<typeof LauncherSettings>;

/** The environment, checked once; empty counts as unset. Throws an Error whose message names each variable that is wrong and what it must be. */
export function readSettings(environment: NodeJS.ProcessEnv = process.env): Settings {
  return parse(Settings, environment);
}

/** The same before DATABASE_URL and NATS_URL are settled. */
export function readLauncherSettings(environment: NodeJS.ProcessEnv = process.env): LauncherSettings {
  return parse(LauncherSettings, environment);
}

function parse<Output>(schema: z.ZodType<Output>, environment: NodeJS.ProcessEnv): Output {
  const given = Object.entries(environment).filter(([, value]) => value !== '');
  const parsed = schema.safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
  throw new Error(`The environment is not usable. Set these and start again: ${problems}`);
}
