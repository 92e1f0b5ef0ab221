import { diffThread, diffThreadFiles } from '#lib/checkpoints/diff-thread.ts';
import { diffOperation } from '../../../_contract/thread-files.ts';
import { handle } from '../../../_server/handle.ts';

export const GET = handle(diffOperation, async (context, input, request) => {
  if (request.headers.get('accept')?.includes('application/json')) return { files: await diffThreadFiles(context, input) };
  const headers = { 'content-type': 'text/plain; charset=utf-8', 'content-security-policy': 'sandbox', 'cache-control': 'no-store' };
  return new Response(await diffThread(context, input), { headers });
});
