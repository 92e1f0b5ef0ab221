import { markPresence } from '#lib/notifications/presence.ts';
import { markPresenceOperation } from '../../_contract/notifications.ts';
import { handle } from '../../_server/handle.ts';

export const PUT = handle(markPresenceOperation, markPresence);
