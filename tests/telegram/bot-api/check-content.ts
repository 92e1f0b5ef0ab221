import type { MessageEntity } from 'grammy/types';
import { z } from 'zod';

/** What the real server refuses, and what a careful bot never sends: both are problems here. */
export class Refusal extends Error {
  readonly code: number;
  readonly parameters: { retry_after?: number; migrate_to_chat_id?: number } | undefined;
  constructor(code: number, description: string, parameters?: Refusal['parameters']) {
    super(description);
    this.code = code;
    this.parameters = parameters;
  }
}

export const bad = (description: string) => new Refusal(400, `Bad Request: ${description}`);

const Entity = z.strictObject({
  type: z.enum(['bold', 'italic', 'underline', 'strikethrough', 'spoiler', 'blockquote', 'expandable_blockquote', 'code', 'pre']),
  offset: z.number().int().nonnegative(),
  length: z.number().int().positive(),
  language: z.string().optional(),
});
export const Entities = z.array(Entity).max(100);

const Button = z.strictObject({
  text: z.string().trim().min(1).max(64),
  callback_data: z
    .string()
    .refine((data) => Buffer.byteLength(data) >= 1 && Buffer.byteLength(data) <= 64, 'BUTTON_DATA_INVALID')
    .optional(),
  url: z.url({ protocol: /^https$/ }).optional(),
});
export const Keyboard = z.strictObject({ inline_keyboard: z.array(z.array(Button).min(1).max(8)).max(25) });
export const ForceReply = z.strictObject({
  force_reply: z.literal(true),
  selective: z.boolean().optional(),
  input_field_placeholder: z.string().min(1).max(64).optional(),
});
export const PreviewOff = z.strictObject({ is_disabled: z.literal(true) });
export const ReplyTo = z.strictObject({ message_id: z.number().int(), allow_sending_without_reply: z.literal(true) });

/** Checks a text with its entities as the server parses them: in UTF-16 code units. */
export function checkText(text: string, entities: MessageEntity[], limit: number): void {
  if (text.trim() === '') throw bad('message text is empty');
  if (text !== text.trim()) throw bad('the text begins or ends with white space, which would be cut off');
  if (text.length > limit) throw bad(limit === 1024 ? 'message caption is too long' : 'message is too long');
  if (!text.isWellFormed()) throw bad('strings must be encoded in UTF-8');
  if (/[\u0000-\u0008\u000b-\u001f\u007f]/.test(text)) throw bad('the text has control characters');
  for (const [index, entity] of entities.entries()) {
    const end = entity.offset + entity.length;
    if (end > text.length) throw bad(`entity ${index} ends behind the text`);
    for (const at of [entity.offset, end]) if (splitsPair(text, at)) throw bad(`entity ${index} begins or ends inside of a character`);
    for (const other of entities.slice(index + 1)) checkPair(entity, other);
  }
}

function checkPair(left: MessageEntity, right: MessageEntity): void {
  const [leftEnd, rightEnd] = [left.offset + left.length, right.offset + right.length];
  const apart = leftEnd <= right.offset || rightEnd <= left.offset;
  if (apart) return;
  const nested = (left.offset <= right.offset && rightEnd <= leftEnd) || (right.offset <= left.offset && leftEnd <= rightEnd);
  if (!nested) throw bad('entities overlap in part');
  const alone = (entity: MessageEntity) => entity.type === 'pre' || entity.type === 'code';
  const quote = (entity: MessageEntity) => entity.type.endsWith('blockquote');
  if ((alone(left) && !quote(right)) || (alone(right) && !quote(left)) || (quote(left) && quote(right)))
    throw bad(`${left.type} and ${right.type} cannot stand in one another`);
}

function splitsPair(text: string, at: number): boolean {
  return /[\ud800-\udbff]/.test(text[at - 1] ?? '') && /[\udc00-\udfff]/.test(text[at] ?? '');
}
