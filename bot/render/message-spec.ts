import { z } from 'zod';
import { rememberScopes } from '#lib/core/approval.ts';
import { HunkPlace } from '#lib/core/change.ts';
import { revertScopes, runModes } from '#lib/core/event.ts';
import { judgements } from '#lib/core/limits/run-limits.ts';
import type { Artifact } from '#lib/core/tool.ts';
import { NamedLimits } from '#lib/threads/choose-run.ts';
import type { Priority } from '../send/send-budget.ts';
import type { RichText } from './rich-text.ts';

/** The modes of a run as a chat offers them: a dry run is asked for in the same breath. */
export const chatModes = [...runModes, 'dry run'] as const;
export type ChatMode = (typeof chatModes)[number];

/** An action that a card asks about: what is ticked on another one counts for nothing. */
const asked = { threadId: z.string(), approvalId: z.string(), actionHash: z.string() };

/** What a tap does. Telegram never sees it: a button carries an opaque id, and this is kept here. */
export const ButtonAction = z.discriminatedUnion('do', [
  z.object({
    do: z.literal('answer'),
    approvalId: z.string(),
    /** Of the action that the card shows: another one is not answered. */
    actionHash: z.string(),
    decision: z.enum(['approve', 'reject']),
    remember: z.enum(rememberScopes).optional(),
  }),
  z.object({ do: z.literal('modify'), approvalId: z.string() }),
  /** What to keep: which page of the files, or of the parts of one; null goes back to the question. */
  z.object({ do: z.literal('choose'), ...asked, view: z.object({ path: z.string().optional(), page: z.number().int() }).nullable() }),
  /** Without a path all files, without a hunk all of a file. */
  z.object({ do: z.literal('tick'), ...asked, path: z.string().optional(), hunk: HunkPlace.optional(), keep: z.boolean() }),
  /** `choice`: of what stood ticked above the button. */
  z.object({ do: z.literal('keep'), ...asked, choice: z.string() }),
  z.object({ do: z.literal('stop'), threadId: z.string(), runId: z.string() }),
  z.object({
    do: z.literal('revert'),
    threadId: z.string(),
    checkpointId: z.string(),
    scope: z.enum(revertScopes),
    expectedCurrent: z.string(),
  }),
  z.object({ do: z.literal('preview'), threadId: z.string(), checkpointId: z.string() }),
  z.object({ do: z.literal('history'), threadId: z.string(), page: z.number().int() }),
  z.object({
    do: z.literal('diff'),
    threadId: z.string(),
    from: z.string().optional(),
    to: z.string().optional(),
    path: z.string().optional(),
    oldPath: z.string().optional(),
  }),
  z.object({ do: z.literal('files'), threadId: z.string(), path: z.string(), page: z.number().int().optional() }),
  z.object({ do: z.literal('threads'), page: z.number().int() }),
  z.object({ do: z.literal('file'), threadId: z.string(), path: z.string(), at: z.string() }),
  z.object({ do: z.literal('open'), threadId: z.string() }),
  z.object({ do: z.literal('project'), projectId: z.string() }),
  /** '' leaves it to Choir. */
  z.object({ do: z.literal('agent'), agent: z.string() }),
  /** '' is the agent's own choice. */
  z.object({ do: z.literal('model'), model: z.string() }),
  z.object({ do: z.literal('mode'), mode: z.enum(chatModes) }),
  z.object({ do: z.literal('judge'), judgement: z.enum(judgements) }),
  /** Of those that hold, only what is named changes: another menu, or words, may have changed the others since. */
  z.object({ do: z.literal('limits'), limits: NamedLimits }),
  z.object({ do: z.literal('rules'), page: z.number().int() }),
  z.object({
    do: z.literal('rule'),
    text: z.string(),
    timeZone: z.string(),
    scope: z.enum(['workspace', 'project', 'thread']),
    scopeId: z.string().optional(),
  }),
  z.object({ do: z.literal('revoke'), ruleId: z.string() }),
  z.object({ do: z.literal('remember'), approvalId: z.string(), actionHash: z.string() }),
  z.object({ do: z.literal('close') }),
]);
export type ButtonAction = z.infer<typeof ButtonAction>;
export type TapOn<Kind extends ButtonAction['do']> = Extract<ButtonAction, { do: Kind }>;

/** Acts that change something: their buttons work once, for a while, and not beyond a restart of the bot. The rest only look. */
export function decides(action: ButtonAction): boolean {
  return ['answer', 'keep', 'modify', 'stop', 'revert', 'rule', 'revoke'].includes(action.do);
}

export type ButtonSpec = { label: string; action: ButtonAction };
export type ChatText = { content: RichText; buttons: ButtonSpec[][] };

/** A message that should stand in the chats where a thread shows. */
export type MessageSpec = {
  key: string;
  priority: Priority;
  /** Sent where it does not stand yet; else it is only brought up to date, so that nothing old is replayed. */
  present: boolean;
  silent: boolean;
  /** Key of the message that it answers, where that stands in the chat. */
  replyTo?: string;
} & ({ kind: 'text' } & ChatText);

/** Files that go to the chat once: what an agent made, or what is too long for a message. */
export type FilesSpec = {
  key: string;
  priority: Priority;
  present: true;
  silent: boolean;
  kind: 'files';
  /** One message, or up to ten that Telegram shows as one album. */
  files: ChatFile[];
};
/** `text` goes as a page: what is too long for a message reads better there than cut. */
export type ChatFile = { caption: RichText; content: { at: string; artifact: Artifact } | { name: string; text: string } };
export type Spec = MessageSpec | FilesSpec;
