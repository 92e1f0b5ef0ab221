import type { Context } from '#lib/context.ts';
import { postMessage } from '#lib/threads/post-message.ts';

/** A person says this to the run after the last time its agent looked, just before its end is written. Once. */
export function sayAtTheEnd(context: Context, threadId: string, text: string): void {
  const { ledger } = context;
  const { command } = ledger;
  ledger.command = async (id, author, commands) => {
    if (id === threadId && Array.isArray(commands) && commands.some(({ type }) => type === 'complete-run' || type === 'fail-run')) {
      ledger.command = command;
      await postMessage(context, { threadId, text });
    }
    return command(id, author, commands);
  };
}
