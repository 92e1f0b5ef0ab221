/** The ways in which a file can be shown besides as text. */
export const mediaKinds = ['image', 'audio', 'video', 'pdf', 'markdown', 'table', 'notebook', 'font', 'page'] as const;
export type MediaKind = (typeof mediaKinds)[number];

const endings: Record<MediaKind, readonly string[]> = {
  image: ['avif', 'bmp', 'gif', 'ico', 'jpeg', 'jpg', 'png', 'svg', 'webp'],
  audio: ['flac', 'm4a', 'mp3', 'oga', 'ogg', 'opus', 'wav'],
  video: ['m4v', 'mov', 'mp4', 'webm'],
  pdf: ['pdf'],
  markdown: ['markdown', 'md', 'mdx'],
  table: ['csv', 'tsv'],
  notebook: ['ipynb'],
  font: ['otf', 'ttf', 'woff', 'woff2'],
  page: ['htm', 'html', 'xhtml'],
};

const kinds = new Map<string, MediaKind>(mediaKinds.flatMap((kind) => endings[kind].map((ending) => [ending, kind] as const)));

/** How a file can be shown, by its ending; null: as text, or not at all. */
export function mediaKindOf(path: string): MediaKind | null {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return dot > 0 ? (kinds.get(name.slice(dot + 1).toLowerCase()) ?? null) : null;
}
