import { requestTest } from '#lib/notifications/request-test.ts';
import { requestTestOperation } from '../../_contract/notifications.ts';
import { handle } from '../../_server/handle.ts';

export const POST = handle(requestTestOperation, requestTest);
