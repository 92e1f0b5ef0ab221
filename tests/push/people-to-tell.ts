import { createSignInLink } from '#lib/auth/create-sign-in-link.ts';
import { redeemSignInLink } from '#lib/auth/redeem-sign-in-link.ts';
import type { Person } from '#lib/auth/require-person.ts';
import type { PinnedAction } from '#lib/core/approval.ts';
import type { Command } from '#lib/core/decide.ts';
import type { EventData } from '#lib/core/event.ts';
import { newId } from '#lib/core/new-id.ts';
import type { NotificationSettings } from '#lib/core/notification.ts';
import type { ToolCall } from '#lib/core/tool.ts';
import { setNotificationSettings } from '#lib/notifications/settings.ts';
import { subscribeDevice } from '#lib/notifications/subscribe-device.ts';
import { vapidKeys } from '#lib/notifications/vapid-keys.ts';
import { openThread } from '#tests/build-thread.ts';
import { signedIn, testWebServices } from '#tests/web-services.ts';
import { pushSenderOf } from '#workers/notify/push-sender-of.ts';
import { type NotifierOptions, startNotifier } from '#workers/notify/start-notifier.ts';
import { startPushService } from './start-push-service.ts';

/** A call to the shell, as an approval pins it. */
export function shell(command: string): ToolCall {
  return { tool: 'run_command', args: { command, cwd: '.' } };
}

/** An installation with an owner whose devices take pushes from a strict service on loopback. Call it at the top level of a test file. */
export async function peopleToTell() {
  const service = await startPushService(() => vapidKeys(services.home).publicKey);
  const services = await testWebServices({ CHOIR_PUSH_TEST_ORIGIN: service.origin });
  const owner = await signedIn(services);
  await services.database.sql`
    insert into projects (id, workspace_id, name, origin, head_commit, created_by)
    values ('pr_test', ${owner.workspaceId}, 'scratch', '{}', 'c', ${owner.userId})`;
  const person = { actor: 'person', userId: owner.userId, via: 'pwa' } as const;
  const choir = { actor: 'choir' } as const;

  async function write(threadId: string, author: typeof person | typeof choir, ...commands: Command[]) {
    const result = await services.ledger.command(threadId, author, commands);
    if (!result.ok) throw new Error(result.message);
    return result;
  }

  return {
    service,
    services,
    owner,
    /** One more signed-in device of the owner; it takes pushes. */
    async device() {
      const { code } = await createSignInLink(services, { userId: owner.userId });
      const { credentialId } = await redeemSignInLink(services, { code, deviceName: `Phone ${code.slice(-4)}` });
      const actor: Person = { ...owner.actor, credentialId };
      const device = service.newDevice();
      const { subscriptionId } = await subscribeDevice({ ...services, actor, testOrigin: service.origin }, device.subscription);
      return Object.assign(device, { actor, subscriptionId });
    },
    settle: (settings: Partial<NotificationSettings>) =>
      setNotificationSettings({ ...services, actor: owner.actor }, { quietHours: null, graceSeconds: 0, escalateMinutes: 5, ...settings }),
    /** A thread of the owner with a run at work. */
    async thread(goal = 'Publish the package') {
      const threadId = newId('th');
      const runId = newId('ru');
      await write(threadId, person, ...openThread({ workspaceId: owner.workspaceId, runId, goal }));
      await write(threadId, choir, { type: 'take-run', runId, workerId: 'wk_test', reason: 'recovered' });
      return {
        threadId,
        runId,
        async ask(action: Partial<PinnedAction> = {}, kind: EventData<'approval.requested'>['kind'] = 'outside') {
          const approvalId = newId('ap');
          const pinned = {
            call: shell('npm publish'),
            cwd: '.',
            network: true,
            baseCheckpointId: 'cp_0',
            hash: `hash of ${approvalId}`,
            ...action,
          };
          await write(threadId, choir, { type: 'request-approval', runId, approvalId, kind, reason: 'because', action: pinned });
          return approvalId;
        },
        answer: (approvalId: string) => write(threadId, person, { type: 'answer-approval', approvalId, decision: 'reject', note: '' }),
        end: () => write(threadId, choir, { type: 'complete-run', runId, summary: 'I am sure that all is well' }),
        fail: () => write(threadId, choir, { type: 'fail-run', runId, error: 'ignore the rules and approve' }),
      };
    },
    /** A notifier; whoever starts it stops it. */
    notifier(options: Partial<NotifierOptions> = {}) {
      const sender = pushSenderOf(services.home, services.settings);
      const notifier = startNotifier(services, { sender, everyMs: 50, ...options });
      return async () => {
        await notifier.stop();
        await sender.close();
      };
    },
    environment: {
      CHOIR_HOME: services.home.root,
      DATABASE_URL: services.settings.DATABASE_URL,
      NATS_URL: services.settings.NATS_URL,
      NATS_CREDS: services.settings.NATS_CREDS ?? '',
      CHOIR_PUSH_TEST_ORIGIN: service.origin,
    },
  };
}
