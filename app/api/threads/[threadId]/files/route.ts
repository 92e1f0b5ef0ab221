import { listThreadFiles } from '#lib/checkpoints/list-thread-files.ts';
import { saveFile } from '#lib/files/save-file.ts';
import { listFilesOperation, saveFileOperation } from '../../../_contract/thread-files.ts';
import { handle } from '../../../_server/handle.ts';

export const GET = handle(listFilesOperation, async (context, input) => ({ entries: await listThreadFiles(context, input) }));
export const PUT = handle(saveFileOperation, saveFile);
