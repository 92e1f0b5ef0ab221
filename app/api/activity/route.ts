import { getActivity } from '#lib/activity/get-activity.ts';
import { getActivityOperation } from '../_contract/activity.ts';
import { handle } from '../_server/handle.ts';

export const GET = handle(getActivityOperation, (context, input) => getActivity(context, input));
