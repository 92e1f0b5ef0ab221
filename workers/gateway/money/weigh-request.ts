import { eachPart, readsKept } from '#workers/gateway/provider-side.ts';
import { objectIn, type WireObject } from '#workers/gateway/wire/reading.ts';

/** Source code in JSON has some three bytes in a token, prose four. */
const bytesPerToken = 3;
/** What the largest pictures come to at full detail. */
const tokensPerPicture = 10_000;

/**
 * Input tokens of a request of so many bytes before anybody counted them: pictures at what they can be at most, all else by its bytes. Endless where the
 * provider keeps a part of what the model reads.
 */
export function weighRequest(body: WireObject, bytes: number): number {
  if (readsKept(body)) return Number.POSITIVE_INFINITY;
  let [rest, tokens] = [bytes, 0];
  eachPart(body, (part) => {
    for (const picture of picturesIn(part)) {
      rest -= picture.length;
      tokens += Math.min(picture.length / bytesPerToken, tokensPerPicture);
    }
  });
  return Math.ceil(tokens + Math.max(0, rest) / bytesPerToken);
}

/** The pictures that a part of a message holds, each in base64. */
function picturesIn(part: WireObject): string[] {
  const held = [part.source, part.inlineData, part.inline_data].map(objectIn);
  const typed = held.filter((holder) => String(holder.media_type ?? holder.mimeType ?? holder.mime_type).startsWith('image/'));
  const urls = [part.image_url, objectIn(part.image_url).url].filter((url) => typeof url === 'string' && url.startsWith('data:image/'));
  return [...typed.map(({ data }) => data), ...urls].filter((picture) => typeof picture === 'string');
}
