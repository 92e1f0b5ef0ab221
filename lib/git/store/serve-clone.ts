import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { finished, spawnGit } from './run-git.ts';

/** Branches can be cloned; checkpoints, proposals and everything else stay hidden. Without protocol 2 nothing but a shown branch can be asked for. */
const readOnly = [
  '-c',
  'transfer.hideRefs=refs/',
  '-c',
  'transfer.hideRefs=!refs/heads/',
  '-c',
  'uploadpack.allowFilter=false',
  '-c',
  'protocol.version=0',
];

export type CloneRequest =
  | { store: string; kind: 'advertise'; signal: AbortSignal }
  | { store: string; kind: 'upload-pack'; body: AsyncIterable<Uint8Array>; gzip: boolean; signal: AbortSignal };

export type CloneReply = { contentType: string; body: Readable };

/** git's smart HTTP, reading half: what a `git clone` or `git fetch` of a store asks for. There is no writing half. */
export function serveClone(request: CloneRequest): CloneReply {
  const { store, kind, signal } = request;
  const advertise = kind === 'advertise' ? ['--http-backend-info-refs'] : [];
  const child = spawnGit({ store, args: [...readOnly, 'upload-pack', '--stateless-rpc', '--strict', ...advertise, store], signal });
  finished(child, 'upload-pack').catch((error: unknown) => child.stdout.destroy(error instanceof Error ? error : undefined));
  if (request.kind === 'advertise') child.stdin.end();
  else {
    const sent = Readable.from(request.body);
    const source = request.gzip ? sent.pipe(createGunzip()) : sent;
    for (const stream of [sent, source]) stream.on('error', () => child.kill('SIGKILL'));
    source.pipe(child.stdin);
  }
  const contentType = `application/x-git-upload-pack-${kind === 'advertise' ? 'advertisement' : 'result'}`;
  return { contentType, body: kind === 'advertise' ? Readable.from(announced(child.stdout)) : child.stdout };
}

async function* announced(refs: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield Buffer.from('001e# service=git-upload-pack\n0000');
  yield* refs;
}
