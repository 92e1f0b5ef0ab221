import { postMessage } from '#lib/threads/post-message.ts';
import { postMessageOperation } from '../../../_contract/threads.ts';
import { handle } from '../../../_server/handle.ts';

export const POST = handle(postMessageOperation, postMessage);
