import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  customType,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { approvalKinds, type PinnedAction } from '#lib/core/approval.ts';
import type { ChangeSummary } from '#lib/core/change.ts';
import type { NewEvent, RunMode } from '#lib/core/event.ts';
import { providerIds } from '#lib/core/model-call.ts';
import { deliveryStatuses, notificationChoiceNames, notificationKinds, type QuietHours } from '#lib/core/notification.ts';
import { type RuleMatch, ruleEffects, ruleScopes } from '#lib/core/rule.ts';
import type { SeqRange, ThreadState } from '#lib/core/state.ts';

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
const bytes = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' });

export const workspaces = pgTable('workspaces', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
});

export const users = pgTable('users', {
  id: text('id').primaryKey(),
  workspaceId: text('workspace_id')
    .notNull()
    .references(() => workspaces.id),
  name: text('name').notNull(),
  role: text('role', { enum: ['owner', 'member'] }).notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
  /** Since when they may do nothing here any more; their name stays on what they did. */
  removedAt: instant('removed_at'),
});

/** One-time links that sign a device in. Only the hash of the code is kept. */
export const signInLinks = pgTable('sign_in_links', {
  codeHash: bytes('code_hash').primaryKey(),
  userId: text('user_id')
    .notNull()
    .references(() => users.id),
  createdAt: instant('created_at').notNull().defaultNow(),
  expiresAt: instant('expires_at').notNull(),
  usedAt: instant('used_at'),
});

/** A signed-in browser, or an API token: both are a secret of which only the hash is kept. */
export const credentials = pgTable(
  'credentials',
  {
    id: text('id').primaryKey(),
    kind: text('kind', { enum: ['device', 'token'] }).notNull(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id),
    name: text('name').notNull(),
    secretHash: bytes('secret_hash').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    lastSeenAt: instant('last_seen_at').notNull().defaultNow(),
    expiresAt: instant('expires_at'),
    revokedAt: instant('revoked_at'),
  },
  (table) => [uniqueIndex('credentials_secret_hash').on(table.secretHash), index('credentials_user').on(table.userId)],
);

export type ProjectOrigin = { kind: 'template'; template: string } | { kind: 'git'; url: string } | { kind: 'upload'; fileName: string };

export const projects = pgTable(
  'projects',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    name: text('name').notNull(),
    origin: jsonb('origin').$type<ProjectOrigin>().notNull(),
    headCommit: text('head_commit').notNull(),
    /** Whether commands of this project may use the network without being asked first. */
    networkAllowed: boolean('network_allowed').notNull().default(false),
    createdBy: text('created_by')
      .notNull()
      .references(() => users.id),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [uniqueIndex('projects_workspace_name').on(table.workspaceId, sql`lower(${table.name})`)],
);

export const threads = pgTable(
  'threads',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    projectId: text('project_id')
      .notNull()
      .references(() => projects.id),
    title: text('title').notNull(),
    seq: integer('seq').notNull(),
    runStatus: text('run_status', { enum: ['queued', 'running', 'waiting', 'completed', 'failed', 'cancelled'] }),
    agent: text('agent'),
    openApprovals: integer('open_approvals').notNull().default(0),
    /** The newest thing said or done, one line. */
    lastLine: text('last_line').notNull().default(''),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [index('threads_workspace_updated').on(table.workspaceId, table.updatedAt.desc())],
);

/** How far a person has read a thread, and up to where they put it away: what happens later brings it back. */
export const threadMarks = pgTable(
  'thread_marks',
  {
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    threadId: text('thread_id')
      .notNull()
      .references(() => threads.id, { onDelete: 'cascade' }),
    readSeq: integer('read_seq').notNull().default(0),
    archivedSeq: integer('archived_seq').notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.userId, table.threadId] })],
);

export const events = pgTable(
  'events',
  {
    position: bigint('position', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    threadId: text('thread_id').notNull(),
    seq: integer('seq').notNull(),
    id: text('id').notNull(),
    at: instant('at').notNull(),
    type: text('type').$type<NewEvent['type']>().notNull(),
    actor: text('actor', { enum: ['person', 'agent', 'choir'] }).notNull(),
    agentId: text('agent_id'),
    userId: text('user_id'),
    via: text('via', { enum: ['pwa', 'telegram', 'cli', 'api'] }),
    runId: text('run_id'),
    parentEventId: text('parent_event_id'),
    data: jsonb('data').$type<NewEvent['data']>().notNull(),
  },
  (table) => [
    uniqueIndex('events_thread_seq').on(table.threadId, table.seq),
    uniqueIndex('events_id').on(table.id),
    index('events_thread_type').on(table.threadId, table.type, table.seq),
    index('events_thread_agent').on(table.threadId, table.agentId, table.seq).where(sql`agent_id is not null`),
    index('events_parent').on(table.parentEventId).where(sql`parent_event_id is not null`),
    // What a device sends again because it heard no answer takes effect once.
    uniqueIndex('events_request')
      .on(table.parentEventId)
      .where(sql`starts_with(parent_event_id, 'rq_') and type in ('goal.given', 'guidance.given') and data->>'approvalId' is null`),
  ],
);

/** Events that NATS has not acknowledged yet; the relay sweeps what a crash left here. */
export const outbox = pgTable('outbox', {
  position: bigint('position', { mode: 'number' }).primaryKey(),
  at: instant('at').notNull().defaultNow(),
});

/** The fold of a thread's events up to `seq`, kept so that a long thread opens at once. Derived: safe to delete. */
export const snapshots = pgTable(
  'snapshots',
  {
    threadId: text('thread_id').notNull(),
    foldVersion: integer('fold_version').notNull(),
    seq: integer('seq').notNull(),
    state: jsonb('state').$type<ThreadState>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.threadId, table.foldVersion] })],
);

export const runs = pgTable(
  'runs',
  {
    id: text('id').primaryKey(),
    threadId: text('thread_id').notNull(),
    workspaceId: text('workspace_id').notNull(),
    status: text('status', { enum: ['queued', 'running', 'waiting', 'completed', 'failed', 'cancelled'] }).notNull(),
    /** The run that started this one; a budget holds over the whole tree. */
    parentRunId: text('parent_run_id'),
    budgetUsd: doublePrecision('budget_usd'),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [
    index('runs_thread').on(table.threadId),
    index('runs_open').on(table.updatedAt).where(sql`status in ('queued', 'running')`),
    index('runs_parent').on(table.parentRunId).where(sql`parent_run_id is not null`),
  ],
);

export const approvals = pgTable(
  'approvals',
  {
    id: text('id').primaryKey(),
    threadId: text('thread_id').notNull(),
    workspaceId: text('workspace_id').notNull(),
    runId: text('run_id').notNull(),
    kind: text('kind', { enum: approvalKinds }).notNull(),
    reason: text('reason').notNull(),
    action: jsonb('action').$type<PinnedAction>().notNull(),
    status: text('status', { enum: ['open', 'approve', 'reject', 'modify', 'withdrawn'] }).notNull(),
    requestedAt: instant('requested_at').notNull(),
    answeredAt: instant('answered_at'),
    answeredBy: text('answered_by'),
    via: text('via', { enum: ['pwa', 'telegram', 'cli', 'api'] }),
    note: text('note'),
  },
  (table) => [
    index('approvals_open').on(table.workspaceId, table.requestedAt).where(sql`status = 'open'`),
    index('approvals_thread').on(table.threadId),
  ],
);

export const checkpoints = pgTable(
  'checkpoints',
  {
    id: text('id').primaryKey(),
    threadId: text('thread_id').notNull(),
    number: integer('number').notNull(),
    commit: text('commit').notNull(),
    parentCommit: text('parent_commit'),
    kind: text('kind', { enum: ['base', 'step', 'person', 'parked', 'timed'] }).notNull(),
    label: text('label').notNull(),
    name: text('name'),
    seq: integer('seq').notNull(),
    at: instant('at').notNull(),
    actor: text('actor', { enum: ['person', 'agent', 'choir'] }).notNull(),
    runId: text('run_id'),
    stepId: text('step_id'),
    callId: text('call_id'),
    changes: jsonb('changes').$type<ChangeSummary>().notNull(),
    hidden: jsonb('hidden').$type<SeqRange[]>().notNull(),
  },
  (table) => [uniqueIndex('checkpoints_thread_number').on(table.threadId, table.number)],
);

/** What persons set, over every scope. Those of a thread, and remembered answers, are events of that thread too. */
export const rules = pgTable(
  'rules',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    scope: text('scope', { enum: ruleScopes }).notNull(),
    scopeId: text('scope_id').notNull(),
    effect: text('effect', { enum: ruleEffects }).notNull(),
    matches: jsonb('matches').$type<RuleMatch[]>().notNull(),
    text: text('text').notNull(),
    source: text('source', { enum: ['constraint', 'remembered'] }).notNull(),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
    until: instant('until'),
    /** How often it stopped a call, asked about one, or kept a change out. */
    spoken: integer('spoken').notNull().default(0),
    revokedAt: instant('revoked_at'),
    revokedBy: text('revoked_by'),
  },
  (table) => [index('rules_scope').on(table.scopeId).where(sql`revoked_at is null`), index('rules_workspace').on(table.workspaceId)],
);

/** The bill: one row for each call to a model, as `model.called` told it. */
export const modelCalls = pgTable(
  'model_calls',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id').notNull(),
    projectId: text('project_id').notNull(),
    threadId: text('thread_id').notNull(),
    runId: text('run_id').notNull(),
    agent: text('agent').notNull(),
    provider: text('provider', { enum: providerIds }).notNull(),
    model: text('model').notNull(),
    inputTokens: bigint('input_tokens', { mode: 'number' }).notNull(),
    cacheReadTokens: bigint('cache_read_tokens', { mode: 'number' }).notNull(),
    cacheWriteTokens: bigint('cache_write_tokens', { mode: 'number' }).notNull(),
    outputTokens: bigint('output_tokens', { mode: 'number' }).notNull(),
    costUsd: doublePrecision('cost_usd'),
    outcome: text('outcome', { enum: ['ok', 'failed', 'refused'] }).notNull(),
    at: instant('at').notNull(),
  },
  (table) => [
    index('model_calls_run').on(table.runId),
    index('model_calls_thread').on(table.threadId),
    index('model_calls_workspace').on(table.workspaceId, table.at),
  ],
);

/** How much a scope may spend, in US dollars: a run has its own limit, these hold above it. */
export const budgets = pgTable(
  'budgets',
  {
    scope: text('scope', { enum: ['workspace', 'project', 'thread'] }).notNull(),
    scopeId: text('scope_id').notNull(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    limitUsd: doublePrecision('limit_usd').notNull(),
    /** `month`: the calendar month, UTC. */
    period: text('period', { enum: ['month', 'ever'] }).notNull(),
    setBy: text('set_by').notNull(),
    setAt: instant('set_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.scope, table.scopeId] })],
);

/**
 * How an MCP server is reached: a command inside the sandbox with the hosts it may reach, one that comes with Choir, or an address outside.
 * `privateAddress`: the owner's address was a private one when it was set, and only then may it be.
 */
export type McpTransport =
  | { kind: 'stdio'; command: string; args: string[]; env: Record<string, string>; hosts?: string[] }
  | { kind: 'ready'; entry: string }
  | { kind: 'http'; url: string; headers: Record<string, string>; privateAddress?: boolean };

export const mcpSignInStates = ['needed', 'done', 'lapsed'] as const;

export const mcpServers = pgTable(
  'mcp_servers',
  {
    id: text('id').primaryKey(),
    projectId: text('project_id')
      .notNull()
      .references(() => projects.id),
    name: text('name').notNull(),
    transport: jsonb('transport').$type<McpTransport>().notNull(),
    enabled: boolean('enabled').notNull().default(true),
    /** What a worker found when it last asked the server: the names of its tools, or why there are none. */
    tools: jsonb('tools').$type<string[]>(),
    problem: text('problem'),
    checkedAt: instant('checked_at'),
    /** Whether a person must sign in to it, and has; null: it wants none. */
    signIn: text('sign_in', { enum: mcpSignInStates }),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [uniqueIndex('mcp_servers_project_name').on(table.projectId, table.name)],
);

/** The tokens of servers that a person signed in to: see lib/mcp/oauth. */
export const mcpSignIns = pgTable('mcp_sign_ins', {
  serverId: text('server_id')
    .primaryKey()
    .references(() => mcpServers.id, { onDelete: 'cascade' }),
  userId: text('user_id')
    .notNull()
    .references(() => users.id),
  sealed: bytes('sealed').notNull(),
  signedInAt: instant('signed_in_at').notNull().defaultNow(),
});

/** People on their way to such a server's sign-in page and back. Only the hash of the state is kept; a row counts once. */
export const mcpSignInAttempts = pgTable('mcp_sign_in_attempts', {
  stateHash: bytes('state_hash').primaryKey(),
  serverId: text('server_id')
    .notNull()
    .references(() => mcpServers.id, { onDelete: 'cascade' }),
  userId: text('user_id')
    .notNull()
    .references(() => users.id),
  sealed: bytes('sealed').notNull(),
  expiresAt: instant('expires_at').notNull(),
});

/** When and how a person is told that something needs them. No row: the defaults of `NotificationSettings`. */
export const notificationSettings = pgTable('notification_settings', {
  userId: text('user_id')
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  quietHours: jsonb('quiet_hours').$type<QuietHours>(),
  graceSeconds: integer('grace_seconds').notNull(),
  escalateMinutes: integer('escalate_minutes'),
});

/** What a person wants to hear of one thread, where it is not everything. */
export const notificationChoices = pgTable(
  'notification_choices',
  {
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    threadId: text('thread_id')
      .notNull()
      .references(() => threads.id, { onDelete: 'cascade' }),
    choice: text('choice', { enum: notificationChoiceNames }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.threadId] })],
);

/** Where a signed-in device takes pushes: one each, good as long as its credential is. */
export const pushSubscriptions = pgTable(
  'push_subscriptions',
  {
    id: text('id').primaryKey(),
    credentialId: text('credential_id')
      .notNull()
      .references(() => credentials.id, { onDelete: 'cascade' }),
    endpoint: text('endpoint').notNull(),
    p256dh: text('p256dh').notNull(),
    auth: text('auth').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('push_subscriptions_credential').on(table.credentialId),
    uniqueIndex('push_subscriptions_endpoint').on(table.endpoint),
  ],
);

/** Which thread a device showed to its person when it last said so. */
export const devicePresence = pgTable('device_presence', {
  credentialId: text('credential_id')
    .primaryKey()
    .references(() => credentials.id, { onDelete: 'cascade' }),
  threadId: text('thread_id'),
  seenAt: instant('seen_at').notNull(),
});

/** Something that a person should hear of, once for each event. `dueAt`: when it is next decided whether they still should. */
export const notifications = pgTable(
  'notifications',
  {
    id: text('id').primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    eventId: text('event_id').notNull(),
    kind: text('kind', { enum: notificationKinds }).notNull(),
    threadId: text('thread_id'),
    runId: text('run_id'),
    approvalId: text('approval_id'),
    /** Only this device is told: it asked for a test. */
    credentialId: text('credential_id'),
    at: instant('at').notNull(),
    dueAt: instant('due_at').notNull(),
    status: text('status', { enum: ['waiting', 'sent', 'dropped'] })
      .notNull()
      .default('waiting'),
    reason: text('reason'),
  },
  (table) => [
    uniqueIndex('notifications_event_user').on(table.eventId, table.userId),
    index('notifications_due').on(table.dueAt).where(sql`status = 'waiting'`),
    index('notifications_user').on(table.userId, table.at.desc()),
    index('notifications_approval').on(table.approvalId).where(sql`approval_id is not null`),
  ],
);

/** One push to one device, and what its push service said. A sender that died while sending has left `claimedAt`. */
export const pushDeliveries = pgTable(
  'push_deliveries',
  {
    notificationId: text('notification_id')
      .notNull()
      .references(() => notifications.id, { onDelete: 'cascade' }),
    /** Outlives the subscription, so that an expired one still shows. */
    subscriptionId: text('subscription_id').notNull(),
    deviceName: text('device_name').notNull(),
    status: text('status', { enum: deliveryStatuses }).notNull().default('waiting'),
    attempts: integer('attempts').notNull().default(0),
    dueAt: instant('due_at').notNull().defaultNow(),
    claimedAt: instant('claimed_at'),
    endedAt: instant('ended_at'),
    problem: text('problem'),
  },
  (table) => [
    primaryKey({ columns: [table.notificationId, table.subscriptionId] }),
    index('push_deliveries_due').on(table.dueAt).where(sql`status in ('waiting', 'sending')`),
  ],
);

const telegramId = (name: string) => bigint(name, { mode: 'number' });

/** The bot whose chats the tables below speak of: one row. Its name makes deep links. */
export const telegramBots = pgTable('telegram_bots', {
  botId: telegramId('bot_id').primaryKey(),
  username: text('username').notNull(),
});

/** Telegram users who may speak for a person here. No row, no effect. */
export const telegramAccounts = pgTable(
  'telegram_accounts',
  {
    telegramId: telegramId('telegram_id').primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id),
    name: text('name').notNull(),
    linkedAt: instant('linked_at').notNull().defaultNow(),
  },
  (table) => [index('telegram_accounts_user').on(table.userId)],
);

export const telegramLinkCodes = pgTable('telegram_link_codes', {
  codeHash: bytes('code_hash').primaryKey(),
  userId: text('user_id')
    .notNull()
    .references(() => users.id),
  createdAt: instant('created_at').notNull().defaultNow(),
  expiresAt: instant('expires_at').notNull(),
  usedAt: instant('used_at'),
});

/** What Telegram sent, kept until it is done and then as proof that it was. `epoch`: the start of the bot that took it in. */
export const telegramUpdates = pgTable(
  'telegram_updates',
  {
    updateId: telegramId('update_id').primaryKey(),
    payload: jsonb('payload').$type<unknown>().notNull(),
    epoch: text('epoch').notNull(),
    receivedAt: instant('received_at').notNull().defaultNow(),
    begunAt: instant('begun_at'),
    doneAt: instant('done_at'),
  },
  (table) => [index('telegram_updates_open').on(table.updateId).where(sql`done_at is null`)],
);

/** What a person chose in a chat for the goals to come. */
export type TelegramChoices = { projectId?: string; agent?: string; mode?: RunMode };

export const telegramChats = pgTable('telegram_chats', {
  chatId: telegramId('chat_id').primaryKey(),
  choices: jsonb('choices').$type<TelegramChoices>().notNull(),
  /** Where plain text goes in a chat without topics. */
  currentThreadId: text('current_thread_id'),
  /** Since when Telegram lets nothing through to it: its person blocked the bot, or the chat is gone. */
  closedAt: instant('closed_at'),
});

/** Where a thread shows. `topicId` 0: the chat has no topics. `seenSeq`: how much of the thread the chat shows already. */
export const telegramPlaces = pgTable(
  'telegram_places',
  {
    chatId: telegramId('chat_id').notNull(),
    threadId: text('thread_id').notNull(),
    topicId: integer('topic_id').notNull(),
    telegramId: telegramId('telegram_id')
      .notNull()
      .references(() => telegramAccounts.telegramId, { onDelete: 'cascade' }),
    seenSeq: integer('seen_seq').notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.chatId, table.threadId] }),
    uniqueIndex('telegram_places_topic').on(table.chatId, table.topicId).where(sql`topic_id <> 0`),
    index('telegram_places_thread').on(table.threadId),
  ],
);

/** What stands in a chat: `key` names it over renders, `hash` is of what it shows. */
export const telegramMessages = pgTable(
  'telegram_messages',
  {
    chatId: telegramId('chat_id').notNull(),
    key: text('key').notNull(),
    threadId: text('thread_id').notNull(),
    messageId: integer('message_id').notNull(),
    hash: text('hash').notNull(),
    sentAt: instant('sent_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.chatId, table.key] }),
    uniqueIndex('telegram_messages_message').on(table.chatId, table.messageId),
  ],
);

/** What a button does; its id is all that Telegram gets. `telegramId`: whose it is alone. `usedBy`: the update that used it up. */
export const telegramButtons = pgTable(
  'telegram_buttons',
  {
    id: text('id').primaryKey(),
    chatId: telegramId('chat_id').notNull(),
    telegramId: telegramId('telegram_id'),
    action: jsonb('action').$type<unknown>().notNull(),
    actionKey: text('action_key').notNull(),
    epoch: text('epoch').notNull(),
    expiresAt: instant('expires_at').notNull(),
    usedBy: telegramId('used_by'),
  },
  (table) => [uniqueIndex('telegram_buttons_action').on(table.chatId, table.actionKey, table.epoch)],
);

/** "What should change?", asked of one person in one place: their next words there are the answer. */
export const telegramPrompts = pgTable(
  'telegram_prompts',
  {
    chatId: telegramId('chat_id').notNull(),
    topicId: integer('topic_id').notNull(),
    telegramId: telegramId('telegram_id').notNull(),
    approvalId: text('approval_id').notNull(),
    messageId: integer('message_id').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.chatId, table.topicId, table.telegramId] })],
);
