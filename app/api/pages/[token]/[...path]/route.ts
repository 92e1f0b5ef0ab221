import { DomainError } from '#lib/core/domain-error.ts';
import { readPageFile } from '#lib/pages/read-page-file.ts';
import { services } from '#lib/services.ts';
import { pageResponse } from '../../../_server/page-response.ts';
import { toResponse } from '../../../_server/to-response.ts';

type PageRoute = { params: Promise<{ token: string; path: string[] }> };

/**
 * A file of a web page that a thread made. Its token is the permission: the origin that it is shown in has no session. Only a frame of Choir's opens a page:
 * what else it could lead to, with what it read in its address, that frame refuses and a tab of its own would not.
 */
export async function GET(request: Request, { params }: PageRoute): Promise<Response> {
  try {
    const { token, path } = await params;
    if (request.headers.get('sec-fetch-dest') === 'document')
      throw new DomainError('forbidden', 'This page opens in its thread, not in a tab of its own.');
    const opened = await services();
    const { bytes, scripts } = await readPageFile(opened, { token, path: path.join('/') });
    const host = /^[\w.:[\]-]+$/.exec(request.headers.get('host') ?? '')?.[0] ?? 'localhost';
    const origin = opened.settings.CHOIR_PUBLIC_URL ? new URL(opened.settings.CHOIR_PUBLIC_URL).origin : `http://${host}`;
    return pageResponse(bytes, { path: path.at(-1) ?? '', folder: `${origin}/api/pages/${token}/`, scripts });
  } catch (error) {
    return toResponse(error);
  }
}
