import { Readable } from 'node:stream';
import { exportWorkspace } from '#lib/export/export-workspace.ts';
import { exportOperation } from '../_contract/activity.ts';
import { handle } from '../_server/handle.ts';

export const GET = handle(exportOperation, async (context) => {
  const zip = await exportWorkspace(context);
  const name = `choir-${new Date().toISOString().slice(0, 10)}.zip`;
  const headers = {
    'content-type': 'application/zip',
    'content-disposition': `attachment; filename="${name}"`,
    'cache-control': 'no-store',
  };
  return new Response(Readable.toWeb(zip) as ReadableStream, { headers });
});
