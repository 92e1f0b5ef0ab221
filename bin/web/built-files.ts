import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { compressions } from '#bin/start/build/compress-files.ts';

const prefix = '/_next/static/';
const types: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
};

type BuiltFile = { type: string; content: Buffer; compressed: { encoding: string; content: Buffer }[] };

/**
 * Answers requests for what `next build` put into `folder`, scripts, styles and fonts under names that change with their content, from memory and
 * as the build compressed them: a page wants about twenty. Next itself opens and compresses each anew, which cost more than the page did. Gives
 * whether the request was answered.
 */
export function builtFiles(folder: string): (request: IncomingMessage, response: ServerResponse) => boolean {
  const files = new Map(readFiles(folder));
  return (request, response) => {
    const file = request.url?.startsWith(prefix) && files.get(request.url.slice(prefix.length));
    if (!file) return false;
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD' }).end();
      return true;
    }
    const accepted = acceptedEncodings(request.headers['accept-encoding'] ?? '');
    const smaller = file.compressed.find(({ encoding }) => accepted.has(encoding));
    const { content } = smaller ?? file;
    response.writeHead(200, {
      'content-type': file.type,
      'content-length': content.length,
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'accept-encoding',
      ...(smaller && { 'content-encoding': smaller.encoding }),
    });
    response.end(content);
    return true;
  };
}

/** `gzip, br;q=0.5` as names, without those of weight 0. */
function acceptedEncodings(header: string): Set<string | undefined> {
  const offers = header.split(',').map((offer) => offer.split(';').map((word) => word.trim().toLowerCase()));
  return new Set(offers.filter(([, ...terms]) => !terms.some((term) => /^q=0(\.0*)?$/.test(term))).map(([name]) => name));
}

function* readFiles(folder: string): Generator<[string, BuiltFile]> {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const type = types[extname(name)];
    if (!type) continue;
    const path = join(folder, name);
    const compressed = compressions
      .filter(({ suffix }) => existsSync(path + suffix))
      .map(({ encoding, suffix }) => ({ encoding, content: readFileSync(path + suffix) }));
    yield [name, { type, content: readFileSync(path), compressed }];
  }
}
