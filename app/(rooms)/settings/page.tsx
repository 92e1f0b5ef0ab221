import { Download, Folder, ShieldCheck } from 'lucide-react';
import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import Link from 'next/link';
import { listCredentials } from '#lib/auth/list-credentials.ts';
import { listMembers } from '#lib/members/list-members.ts';
import { listNotifications } from '#lib/notifications/list-notifications.ts';
import { readNotificationSettings } from '#lib/notifications/settings.ts';
import { vapidKeys } from '#lib/notifications/vapid-keys.ts';
import { listProjects } from '#lib/projects/list-projects.ts';
import { listAccounts } from '#lib/telegram/accounts.ts';
import { findBot } from '#lib/telegram/register-bot.ts';
import { agentChoices } from '../../_server/agent-choices.ts';
import { personContext } from '../../_server/person-context.ts';
import { buttonClass } from '../../_ui/base/button.tsx';
import { Room, RoomHeader } from '../../_ui/room/room-header.tsx';
import { AgentList } from '../../_ui/settings/agent-list.tsx';
import { CredentialList } from '../../_ui/settings/credential-list.tsx';
import { InviteMember } from '../../_ui/settings/invite-member.tsx';
import { MemberList } from '../../_ui/settings/member-list.tsx';
import { NewDevice } from '../../_ui/settings/new-device.tsx';
import { NotificationDevice } from '../../_ui/settings/notification-device.tsx';
import { NotificationLog } from '../../_ui/settings/notification-log.tsx';
import { NotificationTiming } from '../../_ui/settings/notification-timing.tsx';
import { SettingsSection } from '../../_ui/settings/settings-section.tsx';
import { SignOut } from '../../_ui/settings/sign-out.tsx';
import { TelegramAccounts } from '../../_ui/settings/telegram-accounts.tsx';
import { ThemeChoice } from '../../_ui/settings/theme-choice.tsx';
import { TokenList } from '../../_ui/settings/token-list.tsx';
import { readTheme, themeCookie } from '../../_ui/theme.ts';

export const metadata: Metadata = { title: 'Settings' };

export default async function SettingsPage() {
  const context = await personContext();
  const [credentials, projects, accounts, bot, told, timing, members] = await Promise.all([
    listCredentials(context),
    listProjects(context),
    listAccounts(context),
    findBot(context),
    listNotifications(context),
    readNotificationSettings(context, context.actor.userId),
    listMembers(context),
  ]);
  const owner = context.actor.role === 'owner';
  const theme = readTheme((await cookies()).get(themeCookie)?.value);
  return (
    <Room header={<RoomHeader title="Settings" back="/" backLabel="Back" />}>
      <div className="space-y-8">
        <SettingsSection title="Look">
          <ThemeChoice initial={theme} />
        </SettingsSection>
        <SettingsSection title="Rules and budgets" about="What agents may never do, what they ask about, and how much they may spend.">
          <Link href="/rules" className={buttonClass('plain')}>
            <ShieldCheck className="size-4" aria-hidden />
            Rules and budgets
          </Link>
        </SettingsSection>
        {projects.length > 0 && (
          <SettingsSection title="Projects" about="The MCP servers and skills that agents have in each.">
            <ul className="divide-y divide-line rounded-card border border-line bg-raised">
              {projects.map(({ id, name }) => (
                <li key={id}>
                  <Link href={`/projects/${id}`} className="contained flex min-h-11 items-center gap-3 px-4 py-2 text-sm hover:bg-sunken">
                    <Folder className="size-4.5 shrink-0 text-ink-soft" aria-hidden />
                    <span className="truncate">{name}</span>
                  </Link>
                </li>
              ))}
            </ul>
          </SettingsSection>
        )}
        <SettingsSection title="Agents" about="Who can be given goals here, and what the others lack.">
          <AgentList agents={agentChoices(context)} />
        </SettingsSection>
        <SettingsSection
          title="Members"
          about="Everybody here sees all threads and may answer what agents ask. Rules for everything, budgets and MCP servers are the owner's."
        >
          <MemberList members={members} owner={owner} />
          {owner && <InviteMember />}
        </SettingsSection>
        <SettingsSection title="Devices" about="Each can be signed out from here; its live connection ends at once.">
          <CredentialList credentials={credentials.filter(({ kind }) => kind === 'device')} />
          <NewDevice />
        </SettingsSection>
        <SettingsSection
          title="Notifications"
          about="Questions and endings on your devices, while you do something else."
          id="notifications"
        >
          <NotificationDevice publicKey={vapidKeys(context.home).publicKey} subscribed={told.subscribed} />
          <NotificationTiming initial={timing} />
          <NotificationLog rows={told.notifications} />
        </SettingsSection>
        <SettingsSection title="Telegram" about="Goals, answers and reverts in a chat. Only linked accounts are heard.">
          <TelegramAccounts bot={bot} accounts={accounts} />
        </SettingsSection>
        <SettingsSection title="API tokens" about="For scripts and the choir command. A token may do what you may.">
          <TokenList credentials={credentials.filter(({ kind }) => kind === 'token')} />
        </SettingsSection>
        {owner && (
          <SettingsSection
            title="Your data"
            about="All events, projects, rules and costs as one zip, without secrets. Threads are deleted in the archive, projects on their page."
          >
            <a href="/api/export" download className={buttonClass('plain')}>
              <Download className="size-4" aria-hidden />
              Take everything out
            </a>
          </SettingsSection>
        )}
        <SettingsSection title="About">
          <p className="text-ink-soft text-sm">
            Choir keeps everything on the machine that runs it. The API is described at{' '}
            <a href="/api/openapi.json" className="text-accent underline underline-offset-2">
              /api/openapi.json
            </a>
            .
          </p>
          <SignOut />
        </SettingsSection>
      </div>
    </Room>
  );
}
