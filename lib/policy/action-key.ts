import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { parse, type Word, type WordPart } from 'unbash';
import type { ToolCall } from '#lib/core/tool.ts';
import { canonicalJson } from './canonical-json.ts';

/** `isolated: false`: it runs with no sandbox around it, which an answer about a sandboxed run says nothing of. */
export type ExactAction = { call: ToolCall; cwd: string; network: boolean; isolated: boolean };

/**
 * The name (sha-256, hex) of one exact action, for answers that are remembered. Calls of the same key do the same: a plain command counts by its
 * words, however they are quoted and spaced; anything else by its bytes.
 */
export function actionKey({ call, cwd, network, isolated }: ExactAction): string {
  const { tool, args } = call;
  const exact =
    tool === 'run_command'
      ? { tool, args: { ...args, cwd: posix.normalize(args.cwd).replace(/\/$/, ''), command: plainWords(args.command) ?? args.command } }
      : { tool, args };
  return createHash('sha256')
    .update(canonicalJson({ exact, cwd: posix.normalize(cwd).replace(/\/$/, ''), network, isolated }))
    .digest('hex');
}

/** The words of a command that is one program and its literal arguments, or null. */
function plainWords(command: string): string[] | null {
  try {
    const { commands, errors } = parse(command);
    const [statement, ...others] = commands;
    if (!statement || others.length > 0 || errors?.length || statement.background || statement.command.type !== 'Command') return null;
    const { name, prefix, suffix } = statement.command;
    if (!name || prefix.length > 0) return null;
    const words = [name, ...suffix].map((node) => (node.type === 'Word' ? literal(node) : null));
    return words.every((word) => word !== null) ? words : null;
  } catch {
    return null;
  }
}

const plain = /^[\w@%+=:,./-]*$/;
const plainlyQuoted = /^"[^"\\$`!]*"$/;

function literal(word: Word): string | null {
  if (!word.parts) return plain.test(word.text) ? word.value : null;
  const isPlain = ({ type, text }: WordPart) =>
    type === 'SingleQuoted' || (type === 'DoubleQuoted' && plainlyQuoted.test(text)) || (type === 'Literal' && plain.test(text));
  return word.parts.every(isPlain) ? word.value : null;
}
