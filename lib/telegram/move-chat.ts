import type { Database } from '#lib/db/connect-database.ts';

/**
 * A group became a supergroup, with another id and other numbers for its messages: what showed there shows here, and is sent anew. Again with the same
 * chats it changes nothing.
 */
export async function moveChat({ database }: { database: Database }, { from, to }: { from: number; to: number }): Promise<void> {
  await database.sql.begin(async (sql) => {
    await sql`
      insert into telegram_chats (chat_id, choices, current_thread_id)
      select ${to}, choices, current_thread_id from telegram_chats where chat_id = ${from} on conflict do nothing`;
    await sql`
      insert into telegram_places (chat_id, thread_id, topic_id, telegram_id)
      select ${to}, thread_id, 0, telegram_id from telegram_places where chat_id = ${from} on conflict do nothing`;
    for (const table of [
      'telegram_chats',
      'telegram_places',
      'telegram_messages',
      'telegram_buttons',
      'telegram_prompts',
      'telegram_files',
      'telegram_ticks',
    ])
      await sql`delete from ${sql(table)} where chat_id = ${from}`;
  });
}
