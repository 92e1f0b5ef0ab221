import type { RuleMatch } from '#lib/core/rule.ts';
import type { ScriptView } from '../shell/read-script.ts';

export type HostMatch = Extract<RuleMatch, { on: 'host' }>;

/** Whether `pattern` names all that `host` names: a name, `*.example.org`, or `*`. */
export function coversHost(pattern: string, host: string): boolean {
  const [wide, name] = [plainHost(pattern), plainHost(host)];
  return wide === '*' || wide === name || (wide.startsWith('*.') && name.endsWith(wide.slice(1)));
}

/** Whether a rule about hosts is about this one. */
export function hostSpeaks({ host, except = [] }: HostMatch, name: string): boolean {
  return coversHost(host, name) && !except.some((one) => coversHost(one, name));
}

/** One spelling of a host: addresses such as `0x7f000001` and `127.1` in the usual form, other alphabets as the name system has them. */
export function plainHost(host: string): string {
  const name = host.toLowerCase().replace(/^\[|\]$/g, '');
  const url = /[*/@?#\\\s]/.test(name) ? '' : `http://${name.includes(':') ? `[${name}]` : name}`;
  const plain = URL.canParse(url) ? new URL(url).hostname.replace(/^\[|\]$/g, '') : name;
  return plain.replace(/\.$/, '');
}

const addresses = /\b[a-z][a-z0-9+.-]*:\/\/(?:[^\s/@'"]*@)?(\[[^\]\s]*\]|[^\s/:?#'"\\]+)/gi;

/** Hosts of the addresses in a text, in the order they come. */
export function hostsInText(text: string): string[] {
  return [...text.matchAll(addresses)].map(([, host = '']) => plainHost(host.replaceAll(/[[\]]/g, '')));
}

/** Programs that take a host as a word of its own: `ssh user@host`, `curl example.org/x`, `scp file host:path`. */
const takesHosts = /^(curl|wget|https?|xh|ssh|scp|sftp|rsync|nc|ncat|netcat|telnet|ftp|ping6?|dig|nslookup|host|git)$/;
const hostWord = /^(?:[^\s/@:]+@)?((?:[a-z0-9_-]+\.)+[a-z0-9-]+|localhost|\d+(?:\.\d+){3})(?:[:/].*)?$/i;

/** Hosts that a script names. What it does not name, only the sandbox's proxy can tell. */
export function hostsInScript({ commands }: ScriptView): string[] {
  const found = commands.flatMap(({ name, args }) =>
    args.flatMap(({ text }) => {
      const named = hostsInText(text);
      const word = named.length === 0 && takesHosts.test(name ?? '') ? hostWord.exec(text)?.[1] : undefined;
      return word ? [plainHost(word)] : named;
    }),
  );
  return [...new Set(found)];
}
