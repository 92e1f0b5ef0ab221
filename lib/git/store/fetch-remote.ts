import { readdir, stat } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { DomainError } from '#lib/core/domain-error.ts';
import { findExcess } from './find-excess.ts';
import { mainBranch, readRef } from './refs.ts';
import { resolvePublicAddress } from './resolve-public-address.ts';
import { GitError, runGit } from './run-git.ts';

const sizeLimitBytes = 2 * 1024 ** 3;
const timeLimitMs = 10 * 60_000;

/** What old but honest histories have wrong; every other fault in an object refuses the repository. */
const harmlessFaults = [
  'zeroPaddedFilemode',
  'badTimezone',
  'badEmail',
  'missingEmail',
  'missingNameBeforeEmail',
  'missingSpaceBeforeEmail',
  'missingSpaceBeforeDate',
  'zeroPaddedDate',
  'multipleAuthors',
  'badTagName',
  'missingTaggerEntry',
  'gitmodulesMissing',
  'gitmodulesParse',
  'gitmodulesUrl',
];

/** `resolve` gives the one address that is then connected to; it refuses hosts that must not be reached. */
export type FetchRemote = { store: string; url: string; resolve?: (host: string) => Promise<string>; signal?: AbortSignal };

/**
 * Fetches the default branch of a public repository, with its history, into `main` of a store and gives its commit. http and https only, no redirects,
 * no credentials, at most 2 GiB, the files of `treeLimits` and ten minutes. Throws DomainError `invalid`, `unavailable` or `too-large`, never with the server's words.
 */
export async function fetchRemote({ store, url, resolve = resolvePublicAddress, signal }: FetchRemote): Promise<string> {
  const target = parseRemoteUrl(url);
  await requirePinning(store);
  const host = target.hostname.replaceAll(/^\[|\]$/g, '');
  const address = await resolve(host);
  const port = target.port || (target.protocol === 'https:' ? '443' : '80');
  const pinned = `${host}:${port}:${isIP(address) === 6 ? `[${address}]` : address}`;
  const limit = new AbortController();
  const watch = setInterval(async () => {
    if ((await sizeOf(join(store, 'objects', 'pack'))) > sizeLimitBytes) limit.abort();
  }, 500);
  const settings = {
    'protocol.http.allow': 'always',
    'protocol.https.allow': 'always',
    'http.followRedirects': 'false',
    'http.curloptResolve': pinned,
    'http.proxy': '',
    'http.lowSpeedLimit': '1000',
    'http.lowSpeedTime': '30',
    'fetch.fsckObjects': 'true',
    ...Object.fromEntries(harmlessFaults.map((fault) => [`fetch.fsck.${fault}`, 'ignore'])),
  };
  const options = Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
  const fetch = ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--no-recurse-submodules', '--no-auto-maintenance'];
  const signals = [limit.signal, AbortSignal.timeout(timeLimitMs), ...(signal ? [signal] : [])];
  try {
    await runGit({
      store,
      args: [...options, ...fetch, '--end-of-options', target.href, `+HEAD:${mainBranch}`],
      signal: AbortSignal.any(signals),
    });
  } catch (error) {
    signal?.throwIfAborted();
    if (limit.signal.aborted) throw new DomainError('too-large', 'This repository is over 2 GiB. Choose a smaller one.');
    throw explain(error);
  } finally {
    clearInterval(watch);
  }
  const commit = await readRef({ store, ref: mainBranch });
  if (!commit) throw new DomainError('invalid', 'This repository has no commits yet.');
  const excess = await findExcess({ store, commit, signal: AbortSignal.any(signals) });
  if (excess) throw new DomainError('too-large', `This repository holds ${excess}. Choose a smaller one.`);
  return commit;
}

/** An https (or http) address of a repository. Throws `invalid` for everything else, in words that repeat nothing of it. */
export function parseRemoteUrl(text: string): URL {
  const url = /^https?:\/\/[^\s\\]+$/i.test(text) && URL.canParse(text) ? new URL(text) : null;
  if (!url) throw new DomainError('invalid', 'Give the https address of a git repository, such as https://example.org/team/project.git.');
  if (url.username || url.password) {
    throw new DomainError(
      'invalid',
      'Leave user name and password out of the address: Choir would show them to everyone in the workspace.',
    );
  }
  if (url.search || url.hash) throw new DomainError('invalid', 'Give the address of the repository itself, without "?" or "#".');
  return url;
}

/** Older git ignores the pinned address: the name could then lead somewhere else between the check and the connection. */
async function requirePinning(store: string): Promise<void> {
  const version = (await runGit({ store, args: ['version'] })).toString();
  const [major = 0, minor = 0] = (/(\d+)\.(\d+)/.exec(version) ?? []).slice(1).map(Number);
  if (major < 2 || (major === 2 && minor < 37))
    throw new DomainError('unavailable', 'Cloning needs git 2.37 or newer on the machine that runs Choir.');
}

function explain(error: unknown): DomainError {
  const stderr = error instanceof GitError ? error.stderr : '';
  if (/Authentication failed|could not read Username|returned error: 40[13]/.test(stderr))
    return new DomainError('invalid', 'This repository is private or does not exist. Choir can clone public ones.');
  if (/not found|not valid: is this a git repository/.test(stderr))
    return new DomainError('invalid', 'There is no git repository at this address.');
  if (/couldn't find remote ref HEAD/.test(stderr)) return new DomainError('invalid', 'This repository has no commits yet.');
  if (/redirect|The requested URL returned error: 30\d/.test(stderr))
    return new DomainError('invalid', 'This address leads to another one. Give the address it leads to.');
  if (/fsck|unknown object format|object-format|mismatched algorithms/.test(stderr))
    return new DomainError('invalid', 'This repository holds objects that git itself refuses, so Choir does not take it.');
  return new DomainError('unavailable', 'The repository could not be fetched. Check the address and try again.');
}

async function sizeOf(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => []);
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(folder, name)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
