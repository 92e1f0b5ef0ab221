import { readThreadFile } from '#lib/checkpoints/read-thread-file.ts';
import { readRawOperation } from '../../../_contract/thread-files.ts';
import { handle } from '../../../_server/handle.ts';
import { rawResponse } from '../../../_server/raw-response.ts';

export const GET = handle(readRawOperation, async (context, { path, download, ...input }, request) => {
  const { bytes, kind } = await readThreadFile(context, { ...input, path });
  return rawResponse(bytes, { path, isText: kind === 'symlink', download: download === '1', range: request.headers.get('range') });
});
