import { Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { authenticate } from '#lib/auth/authenticate.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import { ensureRef, mainBranch } from '#lib/git/store/refs.ts';
import { type CloneReply, serveClone } from '#lib/git/store/serve-clone.ts';
import { getProject } from '#lib/projects/get-project.ts';
import { services } from '#lib/services.ts';
import { requireStorable } from '../../api/_server/read-json.ts';
import { toResponse } from '../../api/_server/to-response.ts';

type RouteParams = { params: Promise<{ path: string[] }> };

export const runtime = 'nodejs';

/** `git clone <origin>/git/<project id or name>.git`, with a token as the password (any user name) or as the bearer. */
export async function GET(request: Request, route: RouteParams): Promise<Response> {
  return answering(request, route, 'info/refs', (store) => {
    if (new URL(request.url).searchParams.get('service') !== 'git-upload-pack')
      throw new DomainError('forbidden', 'Choir serves clones and fetches only. Push to the repository that the project came from.');
    return serveClone({ store, kind: 'advertise', signal: request.signal });
  });
}

export async function POST(request: Request, route: RouteParams): Promise<Response> {
  return answering(request, route, 'git-upload-pack', (store) => {
    if (!request.body) throw new DomainError('invalid', 'This request has no body.');
    const gzip = request.headers.get('content-encoding') === 'gzip';
    return serveClone({ store, kind: 'upload-pack', body: request.body, gzip, signal: request.signal });
  });
}

async function answering(request: Request, route: RouteParams, service: string, serve: (store: string) => CloneReply): Promise<Response> {
  try {
    const opened = await services();
    const session = await authenticate(opened, tokenHeaders(request.headers));
    if (!session) return askForToken();
    const { path } = await route.params;
    requireStorable(path);
    const [, name, asked] = /^([^/]+)\.git\/(.+)$/.exec(path.join('/')) ?? [];
    if (!name || asked !== service) throw new DomainError('not-found', 'There is no such repository.');
    const project = await getProject({ ...opened, actor: session.actor }, { projectId: name });
    const store = opened.home.store(project.id);
    await ensureRef({ store, ref: mainBranch, commit: project.headCommit });
    const { contentType, body } = serve(store);
    const stream = Readable.toWeb(body) as NodeReadableStream<Uint8Array> as ReadableStream<Uint8Array>;
    return new Response(stream, { headers: { 'content-type': contentType, 'cache-control': 'no-store, no-transform' } });
  } catch (error) {
    return toResponse(error);
  }
}

/** git asks with basic authentication; the token is its password. A cookie counts for nothing here: it would let other pages clone. */
function tokenHeaders(headers: Headers): Headers {
  const authorization = headers.get('authorization') ?? '';
  const basic = /^Basic (\S+)$/i.exec(authorization)?.[1];
  const password =
    basic === undefined
      ? undefined
      : Buffer.from(basic, 'base64')
          .toString()
          .replace(/^[^:]*:/, '');
  return new Headers({ authorization: password === undefined ? authorization : `Bearer ${password}` });
}

function askForToken(): Response {
  const headers = { 'www-authenticate': 'Basic realm="Choir: a token as the password"', 'cache-control': 'no-store' };
  return new Response('Use an access token of Choir as the password.\n', { status: 401, headers });
}
