import { createHash } from 'node:crypto';
import { canonicalJson } from '#lib/policy/canonical-json.ts';
import type { StandingMessage } from '#lib/telegram/standing-messages.ts';
import { decides, type FilesSpec, type MessageSpec, type Spec } from '../render/message-spec.ts';
import { finishText } from '../render/rich-text.ts';
import { type Priority, priorities } from '../send/send-budget.ts';
import { isSaid } from './said.ts';

/** One call to Telegram that brings a chat nearer to what should stand there. */
export type Operation =
  | { kind: 'send'; priority: Priority; spec: Spec; hash: string }
  | { kind: 'edit'; priority: Priority; spec: MessageSpec; hash: string; messageId: number };

/** How many messages Telegram counts it as. */
export function messagesOf({ spec }: Operation): number {
  return spec.kind === 'files' ? spec.files.length : 1;
}

/** What is to be done, most urgent first. Pure: the same specs and messages give the same operations. `epoch`: of the buttons that decide. */
export function planOperations(specs: Spec[], standing: StandingMessage[], epoch: string): Operation[] {
  const byKey = new Map(standing.map((message) => [message.key, message]));
  const operations = specs.flatMap((spec): Operation[] => {
    const there = byKey.get(spec.key);
    if (!there && !spec.present) return [];
    const hash = hashSpec(spec, epoch);
    if (!there) return [{ kind: 'send', priority: spec.key.startsWith('run:') ? priorities.news : spec.priority, spec, hash }];
    if (spec.kind === 'files' || there.hash === hash || isSaid(there.hash)) return [];
    return [{ kind: 'edit', priority: editPriority(spec), spec, hash, messageId: there.messageId }];
  });
  return operations.toSorted((left, right) => left.priority - right.priority);
}

/** A card that loses its buttons goes before a clock that ticks. */
function editPriority(spec: MessageSpec): Priority {
  return spec.priority === priorities.edit ? priorities.edit : priorities.news;
}

/** Of all that the message shows; buttons that decide are new with each epoch. */
function hashSpec(spec: FilesSpec | MessageSpec, epoch: string): string {
  if (spec.kind === 'files') return 'files';
  const deciding = spec.buttons.flat().some(({ action }) => decides(action));
  const shown = { ...finishText(spec.content), buttons: spec.buttons, epoch: deciding ? epoch : '' };
  return createHash('sha256').update(canonicalJson(shown)).digest('base64url').slice(0, 22);
}
