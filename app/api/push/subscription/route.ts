import { subscribeDevice, unsubscribeDevice } from '#lib/notifications/subscribe-device.ts';
import { subscribeDeviceOperation, unsubscribeDeviceOperation } from '../../_contract/notifications.ts';
import { handle } from '../../_server/handle.ts';

export const PUT = handle(subscribeDeviceOperation, (context, input) =>
  subscribeDevice({ ...context, testOrigin: context.settings.CHOIR_PUSH_TEST_ORIGIN }, input),
);
export const DELETE = handle(unsubscribeDeviceOperation, unsubscribeDevice);
