import { getThreadChoice, setThreadChoice } from '#lib/notifications/thread-choice.ts';
import { getThreadChoiceOperation, setThreadChoiceOperation } from '../../../_contract/notifications.ts';
import { handle } from '../../../_server/handle.ts';

export const GET = handle(getThreadChoiceOperation, async (context, input) => ({ choice: await getThreadChoice(context, input) }));
export const PUT = handle(setThreadChoiceOperation, setThreadChoice);
