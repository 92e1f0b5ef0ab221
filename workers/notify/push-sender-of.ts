import type { ChoirHome } from '#lib/home.ts';
import { vapidKeys } from '#lib/notifications/vapid-keys.ts';
import type { Settings } from '#lib/settings.ts';
import { createPushSender, type PushSender } from './send-push.ts';

/** Push services want a way to reach who sends; an installation without a public address has none to give. */
const nobody = 'mailto:choir@example.org';

/** The sender of this installation, with its own keys. */
export function pushSenderOf(home: ChoirHome, settings: Pick<Settings, 'CHOIR_PUBLIC_URL' | 'CHOIR_PUSH_TEST_ORIGIN'>): PushSender {
  const { CHOIR_PUBLIC_URL: address, CHOIR_PUSH_TEST_ORIGIN: testOrigin } = settings;
  return createPushSender({ keys: vapidKeys(home), subject: address?.startsWith('https:') ? address : nobody, testOrigin });
}
