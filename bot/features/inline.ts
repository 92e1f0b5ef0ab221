import { Composer } from 'grammy';
import { listThreads } from '#lib/threads/list-threads.ts';
import type { Incoming } from '../incoming.ts';
import { finishText, lines } from '../render/rich-text.ts';
import { proseLine } from '../render/safe-text.ts';
import { describeRow, iconOf, lastWords } from './threads.ts';

const shown = 10;

/** `@bot WORDS` in any chat: the threads with these words, each to be told there as it stands. */
export const inline = new Composer<Incoming>();

inline.on('inline_query', async (incoming) => {
  const { id, query } = incoming.inlineQuery;
  const words = query.trim().toLowerCase();
  const rows = (await listThreads(incoming.verb)).filter(({ title, projectName }) =>
    `${title} ${projectName}`.toLowerCase().includes(words),
  );
  const results = rows.slice(0, shown).map((row) => {
    const { text: message_text, entities } = finishText(lines(...describeRow(row)));
    return {
      type: 'article' as const,
      id: row.id,
      title: `${iconOf(row)} ${proseLine(row.title, 60)}`,
      description: `${lastWords(row)} · ${proseLine(row.projectName, 60)}`,
      input_message_content: { message_text, entities, link_preview_options: { is_disabled: true } },
    };
  });
  await incoming.services.telegram.attempt('answerInlineQuery', { inline_query_id: id, results, cache_time: 0, is_personal: true });
});
