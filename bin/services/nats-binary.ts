import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { hasApt, unpackDebianPackage } from './debian-package.ts';
import { findOnPath } from './find-on-path.ts';

const run = promisify(execFile);

/** 2.10 brought `sync_interval: always`; what is older has open advisories too. */
const oldest = [2, 10] as const;

/** Checksums of the official image's Dockerfile for this version (github.com/nats-io/nats-docker, 2.12.x). */
const release = {
  version: '2.12.15',
  sha256: {
    amd64: '58ab8131f819263897e2fc38e503e1b755b63bcafeecc7d12582487df48ca15e',
    arm64: 'b724db99fefbf8f5c808baa82819ee50350aee9734017e4a478f7e545cef3ab6',
  } as Record<string, string>,
};

/**
 * Path of a nats-server 2.10 or newer: the one on the PATH, one brought before into `tools`, Debian 13's package, or the official
 * release. `report` hears one line when something is being brought. Throws when none can be had, saying what to do.
 */
export async function findNatsServer(options: { tools: string; report?: (line: string) => void }): Promise<string> {
  const packaged = join(options.tools, 'nats-server', 'usr', 'sbin', 'nats-server');
  const released = join(options.tools, `nats-server-${release.version}`);
  for (const candidate of [findOnPath('nats-server'), packaged, released]) {
    if (candidate && existsSync(candidate) && (await isNewEnough(candidate))) return candidate;
  }
  options.report?.('Bringing nats-server');
  const problems: string[] = [];
  const ways: [string, () => Promise<string>][] = [
    ['Debian package', () => fromDebian(options.tools, packaged)],
    ['official release', () => fromRelease(released)],
  ];
  for (const [way, bring] of ways) {
    try {
      const path = await bring();
      if (await isNewEnough(path)) return path;
      problems.push(`${way}: older than 2.10`);
    } catch (error) {
      problems.push(`${way}: ${error instanceof Error ? error.message.trim().split('\n').at(-1) : error}`);
    }
  }
  throw new Error(
    `nats-server 2.10 or newer is missing and could not be brought. Install it (https://nats.io/download) or set NATS_URL. Tried: ${problems.join('; ')}`,
  );
}

async function isNewEnough(path: string): Promise<boolean> {
  const { stdout } = await run(path, ['--version']).catch(() => ({ stdout: '' }));
  const [, major = 0, minor = 0] = /v(\d+)\.(\d+)\./.exec(stdout)?.map(Number) ?? [];
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
}

async function fromDebian(tools: string, path: string): Promise<string> {
  if (!hasApt()) throw new Error('this system has no apt');
  const system = await readFile('/etc/os-release', 'utf8').catch(() => '');
  const isOldDebian = /^ID="?debian"?$/m.test(system) && Number(/^VERSION_ID="?(\d+)/m.exec(system)?.[1] ?? 13) < 13;
  await unpackDebianPackage(tools, { name: 'nats-server', ...(isOldDebian ? { release: 'trixie' } : {}) });
  return path;
}

async function fromRelease(path: string): Promise<string> {
  const architecture = { x64: 'amd64', arm64: 'arm64' }[process.arch as string];
  const expected = process.platform === 'linux' && architecture ? release.sha256[architecture] : undefined;
  if (!expected) throw new Error(`no pinned release for ${process.platform}-${process.arch}`);
  const name = `nats-server-v${release.version}-linux-${architecture}`;
  const response = await fetch(`https://github.com/nats-io/nats-server/releases/download/v${release.version}/${name}.tar.gz`, {
    signal: AbortSignal.timeout(180_000),
  });
  if (!response.ok) throw new Error(`the download answered ${response.status}`);
  const archive = Buffer.from(await response.arrayBuffer());
  if (createHash('sha256').update(archive).digest('hex') !== expected) throw new Error('the download does not have the pinned checksum');
  const parent = join(path, '..');
  await mkdir(parent, { recursive: true });
  const work = await mkdtemp(join(parent, '.nats-'));
  try {
    await writeFile(join(work, 'nats.tar.gz'), archive);
    await run('tar', ['-xzf', join(work, 'nats.tar.gz'), '-C', work, `${name}/nats-server`]);
    await rename(join(work, name, 'nats-server'), path);
    return path;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
