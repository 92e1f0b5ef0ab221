/** What the largest pictures come to at full detail, and what a model makes of any. */
const mostTokens = 10_000;
const leastTokens = 2_300;
/** OpenAI takes a square of 32 for 2.5 tokens in its smallest models, Anthropic one of 28 for one. */
const pixelsPerToken = 400;
/** In base64; the size of a picture stands before its pixels, and behind what cameras write. */
const headLength = 128 * 1024;

/** Tokens of a picture in base64, by its size: its bytes tell nothing, as an empty one is pressed into a few. */
export function pictureTokens(base64: string): number {
  const head = Buffer.from(base64.slice(0, headLength), 'base64');
  const pixels = pngPixels(head) ?? jpegPixels(head);
  return pixels === null ? mostTokens : Math.min(mostTokens, Math.max(leastTokens, Math.ceil(pixels / pixelsPerToken)));
}

function pngPixels(bytes: Buffer): number | null {
  const isPng = bytes.length >= 24 && bytes.readUInt32BE(0) === 0x89504e47 && bytes.toString('latin1', 12, 16) === 'IHDR';
  return isPng ? bytes.readUInt32BE(16) * bytes.readUInt32BE(20) : null;
}

function jpegPixels(bytes: Buffer): number | null {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return null;
  for (let at = 2; at + 9 <= bytes.length && bytes[at] === 0xff; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes[at + 1] ?? 0;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return bytes.readUInt16BE(at + 5) * bytes.readUInt16BE(at + 7);
  }
  return null;
}
