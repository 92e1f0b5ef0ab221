import { z } from 'zod';
import { ReadCard } from '#lib/embeds/read-card.ts';
import { operation } from './operation.ts';

const place = { url: z.string(), site: z.string(), title: z.string() };
const described = { ...place, description: z.string(), image: z.string().nullable().describe('a data URL') };

export const readCardOperation = operation({
  method: 'POST',
  path: '/api/embeds',
  summary: 'Look at an address outside, and say what is there',
  description: 'Only public addresses are asked, each redirect checked again. A feed gives its newest entries.',
  body: ReadCard,
  status: 200,
  reply: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('page'), ...described, feed: z.string().nullable() }),
    z.object({
      kind: z.literal('feed'),
      ...described,
      episodes: z.array(
        z.object({ title: z.string(), at: z.iso.datetime().nullable(), link: z.string().nullable(), audio: z.string().nullable() }),
      ),
    }),
    z.object({ kind: z.enum(['audio', 'image', 'other']), ...place }),
  ]),
});
