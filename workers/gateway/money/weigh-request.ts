import { eachPart, readsKept } from '#workers/gateway/provider-side.ts';
import { objectIn, type WireObject } from '#workers/gateway/wire/reading.ts';
import { pictureTokens } from './picture-tokens.ts';

/** Source code in JSON has some three bytes in a token, prose four. */
const bytesPerToken = 3;

/**
 * Input tokens of a request of so many bytes before anybody counted them: pictures at what they can be at most, all else by its bytes. Endless where the
 * bytes do not tell what the model reads, and only the provider may: it keeps a part of it, or pages, sound and film are pressed into few.
 */
export function weighRequest(body: WireObject, bytes: number): number {
  if (readsKept(body)) return Number.POSITIVE_INFINITY;
  let [rest, tokens] = [bytes, 0];
  eachPart(body, (part) => {
    if (part.file_id !== undefined || objectIn(part.file).file_id !== undefined) tokens = Number.POSITIVE_INFINITY;
    for (const { mediaType, data } of filesIn(part)) {
      if (/^text\//.test(mediaType)) continue;
      rest -= data.length;
      tokens += mediaType.startsWith('image/') ? pictureTokens(data) : Number.POSITIVE_INFINITY;
    }
  });
  return Math.ceil(tokens + Math.max(0, rest) / bytesPerToken);
}

/** The files that a part of a message holds, in base64 unless they are text. */
function filesIn(part: WireObject): { mediaType: string; data: string }[] {
  const held = [part.source, part.inlineData, part.inline_data, part.input_audio].map(objectIn).flatMap((holder) => {
    const mediaType = String(holder.media_type ?? holder.mimeType ?? holder.mime_type).toLowerCase();
    return typeof holder.data === 'string' ? [{ mediaType, data: holder.data }] : [];
  });
  const named = [part.image_url, objectIn(part.image_url).url, part.file_data, objectIn(part.file).file_data];
  const inlined = named.flatMap((url) => {
    if (typeof url !== 'string') return [];
    const [head = '', mediaType = ''] = /^data:([^;,]*)[^,]*,/.exec(url.slice(0, 1_000)) ?? [];
    return [{ mediaType: mediaType.toLowerCase(), data: url.slice(head.length) }];
  });
  return [...held, ...inlined];
}
