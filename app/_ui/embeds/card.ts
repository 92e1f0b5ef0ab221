/** What `POST /api/embeds` answers. */
export type Episode = { title: string; at: string | null; link: string | null; audio: string | null };
type Place = { url: string; site: string; title: string };
export type PageCard = Place & { kind: 'page'; description: string; image: string | null; feed: string | null };
export type FeedCard = Place & { kind: 'feed'; description: string; image: string | null; episodes: Episode[] };
export type MediaCard = Place & { kind: 'audio' | 'image' | 'other' };
export type Card = PageCard | FeedCard | MediaCard;
