import { openServices } from '#lib/open-services.ts';
import { readSettings } from '#lib/settings.ts';
import { pushSenderOf } from '#workers/notify/push-sender-of.ts';
import { startNotifier } from '#workers/notify/start-notifier.ts';

/** A notifier in a process of its own, for a test that kills it. */
const settings = readSettings();
const services = await openServices(settings, 'notifier');
startNotifier(services, { sender: pushSenderOf(services.home, settings), everyMs: 50 });
