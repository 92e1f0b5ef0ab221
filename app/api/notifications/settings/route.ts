import { setNotificationSettings } from '#lib/notifications/settings.ts';
import { setNotificationSettingsOperation } from '../../_contract/notifications.ts';
import { handle } from '../../_server/handle.ts';

export const PUT = handle(setNotificationSettingsOperation, setNotificationSettings);
