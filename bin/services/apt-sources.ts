import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One source of packages, as in deb822: where, which releases, which keys sign it. */
export type AptSource = { uris: string[]; suites: string[]; components: string[]; signedBy?: string };

/** The machine's own binary package sources, in both of apt's formats. */
export async function readAptSources(folder = '/etc/apt'): Promise<AptSource[]> {
  const parts = join(folder, 'sources.list.d');
  const named = existsSync(parts) ? (await readdir(parts)).sort().map((name) => join(parts, name)) : [];
  const sources: AptSource[] = [];
  for (const path of [join(folder, 'sources.list'), ...named]) {
    if (!existsSync(path)) continue;
    const text = await readFile(path, 'utf8');
    if (path.endsWith('.sources')) sources.push(...parseDeb822(text));
    else if (path.endsWith('.list')) sources.push(...parseOneLine(text));
  }
  return sources;
}

function parseDeb822(text: string): AptSource[] {
  return text
    .replace(/^#.*\n?/gm, '')
    .split(/\n\s*\n/)
    .flatMap((stanza) => {
      const fields = new Map<string, string>();
      for (const [, name = '', value = ''] of stanza.matchAll(/^([\w-]+):[ \t]*(.*(?:\n[ \t].*)*)/gm))
        fields.set(name.toLowerCase(), value);
      const words = (name: string) => (fields.get(name) ?? '').split(/\s+/).filter(Boolean);
      if (!words('types').includes('deb') || fields.get('enabled')?.trim() === 'no') return [];
      const signedBy = fields.get('signed-by');
      return [{ uris: words('uris'), suites: words('suites'), components: words('components'), ...(signedBy ? { signedBy } : {}) }];
    });
}

function parseOneLine(text: string): AptSource[] {
  return [...text.matchAll(/^[ \t]*deb[ \t]+(?:\[([^\]]*)\][ \t]+)?(\S+)[ \t]+(\S+)[ \t]*([^#\n]*)/gm)].map((match) => {
    const [, options = '', uri = '', suite = '', components = ''] = match;
    const signedBy = /signed-by=(\S+)/.exec(options)?.[1];
    return { uris: [uri], suites: [suite], components: components.split(/\s+/).filter(Boolean), ...(signedBy ? { signedBy } : {}) };
  });
}

/**
 * Sources for apt in deb822: the given ones, or with `release` the Debian archive among them turned to that release.
 * Throws when the machine has no source that could carry it.
 */
export function aptSources(sources: AptSource[], release?: string): string {
  const usable = release ? sources.filter(isDebianArchive).slice(0, 1) : sources;
  if (usable.length === 0) throw new Error(`This machine's apt sources name no ${release ? 'Debian archive' : 'packages'}.`);
  return usable
    .map((source) => {
      const suites = release ? [release] : source.suites;
      const components = release ? ['main'] : source.components;
      const lines = ['Types: deb', `URIs: ${source.uris.join(' ')}`, `Suites: ${suites.join(' ')}`];
      if (components.length > 0) lines.push(`Components: ${components.join(' ')}`);
      if (source.signedBy) lines.push(`Signed-By: ${source.signedBy}`);
      return `${lines.join('\n')}\n`;
    })
    .join('\n');
}

/** The main archive, not `-security` or a third party's: it carries every release under the same address and `main`. */
function isDebianArchive(source: AptSource): boolean {
  const mainSuite = source.suites.some((suite) => /^(?:[a-z]+|stable|testing)$/.test(suite));
  return mainSuite && source.components.includes('main') && source.uris.some((uri) => /debian\/?$/.test(uri));
}
