import type { Card } from '#lib/embeds/read-card.ts';

export type PageCard = Extract<Card, { kind: 'page' }>;
export type FeedCard = Extract<Card, { kind: 'feed' }>;
export type MediaCard = Exclude<Card, PageCard | FeedCard>;
