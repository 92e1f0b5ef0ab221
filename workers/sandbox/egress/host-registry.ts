import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { hostNpmEnvironment } from '../../host-npm.ts';

/** Where this machine gets npm packages from, and the certificates it trusts for that. No credentials. */
export type Registry = { url: string; host: string; caFile: string | null };
export type HostRegistry = { read(): Promise<Registry> };

export const publicRegistry = 'https://registry.npmjs.org/';

/** Asks the machine's npm once, when a command first needs the network. */
export function createHostRegistry(environment: NodeJS.ProcessEnv = process.env): HostRegistry {
  let known: Promise<Registry> | null = null;
  return {
    read() {
      known ??= readRegistry(environment);
      return known;
    },
  };
}

async function readRegistry(environment: NodeJS.ProcessEnv): Promise<Registry> {
  const [registry, cafile] = await Promise.all([npmSetting('registry', environment), npmSetting('cafile', environment)]);
  const url = withoutCredentials(registry) ?? new URL(publicRegistry);
  const caFile = [cafile, environment.NODE_EXTRA_CA_CERTS, environment.SSL_CERT_FILE].find((path) => path && existsSync(path)) ?? null;
  return { url: url.href, host: url.hostname, caFile };
}

async function npmSetting(name: string, environment: NodeJS.ProcessEnv): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)('npm', ['config', 'get', name], { env: hostNpmEnvironment(environment), timeout: 20_000 });
    const value = stdout.trim();
    return value === '' || value === 'null' || value === 'undefined' ? null : value;
  } catch {
    return null;
  }
}

function withoutCredentials(address: string | null): URL | null {
  if (!address || !URL.canParse(address)) return null;
  const url = new URL(address);
  url.username = '';
  url.password = '';
  return /^https?:$/.test(url.protocol) ? url : null;
}
