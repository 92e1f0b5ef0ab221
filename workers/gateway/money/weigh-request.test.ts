import { expect, test } from 'vitest';
import { weighRequest } from './weigh-request.ts';

const weigh = (body: object) => weighRequest({ ...body }, JSON.stringify(body).length);
const large = 'A'.repeat(3_000_000);

test('text has a token for three bytes, wherever it stands', () => {
  expect(weighRequest({ messages: [] }, 301)).toBe(101);
  expect(weigh({ messages: [{ content: large }] })).toBeGreaterThan(1_000_000);
  const hidden = { media_type: 'image/png', data: large };
  expect(weigh({ messages: [{ content: [{ type: 'tool_use', input: { source: hidden } }] }] })).toBeGreaterThan(1_000_000);
  expect(weigh({ messages: [{ content: [{ type: 'document', source: { ...hidden, media_type: 'application/pdf' } }] }] })).toBeGreaterThan(
    1_000_000,
  );
});

/** A picture's head, without its pixels. */
const png = (width: number, height: number) => {
  const head = Buffer.from('89504e470d0a1a0a0000000d494844520000000000000000', 'hex');
  head.writeUInt32BE(width, 16);
  head.writeUInt32BE(height, 20);
  return head;
};
const jpeg = (width: number, height: number) => {
  const frame = Buffer.from('ffc0000b080000000000', 'hex');
  frame.writeUInt16BE(height, 5);
  frame.writeUInt16BE(width, 7);
  return Buffer.concat([Buffer.from('ffd8ffe000040000', 'hex'), frame]);
};

test('a picture weighs what a model makes of its size, in each protocol, into however few bytes it is pressed', () => {
  const forms = (data: string) => [
    { messages: [{ content: [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data } }] }] },
    { messages: [{ content: [{ type: 'image_url', image_url: { url: `data:image/png;base64,${data}` } }] }] },
    { input: [{ content: [{ type: 'input_image', image_url: `data:image/png;base64,${data}` }] }] },
    { contents: [{ parts: [{ inlineData: { mimeType: 'image/png', data } }] }] },
    { contents: [{ parts: [{ inline_data: { mime_type: 'image/png', data } }] }] },
  ];
  const weights: [string | Buffer, number][] = [
    [large, 10_000],
    ['unread', 10_000],
    [png(8_000, 8_000), 10_000],
    [png(1_440, 900), 3_240],
    [jpeg(1_440, 900), 3_240],
    [png(16, 16), 2_300],
  ];
  for (const [picture, tokens] of weights) {
    for (const form of forms(typeof picture === 'string' ? picture : picture.toString('base64'))) {
      expect(weigh(form)).toBeGreaterThan(tokens);
      expect(weigh(form)).toBeLessThan(tokens + 100);
    }
  }
});

test('pages, sound and film may be all that a model can read, and so may a file that the provider has', () => {
  const data = 'AAAA';
  const content = (part: object) => ({ messages: [{ content: [part] }] });
  for (const form of [
    content({ type: 'document', source: { type: 'base64', media_type: 'application/pdf', data } }),
    content({ type: 'tool_result', content: [{ type: 'document', source: { type: 'file', file_id: 'f' } }] }),
    content({ type: 'file', file: { file_data: `data:application/pdf;base64,${data}` } }),
    content({ type: 'file', file: { file_id: 'f' } }),
    content({ type: 'input_audio', input_audio: { data, format: 'mp3' } }),
    { input: [{ content: [{ type: 'input_file', file_data: data }] }] },
    { contents: [{ parts: [{ inlineData: { mimeType: 'video/mp4', data } }] }] },
  ])
    expect(weigh(form)).toBe(Number.POSITIVE_INFINITY);
  expect(weigh(content({ type: 'document', source: { type: 'text', media_type: 'text/plain', data: large } }))).toBeLessThan(1_100_000);
});

test('what the provider keeps may be all that a model can read', () => {
  expect(weigh({ input: 'hello', previous_response_id: null, conversation: null })).toBeLessThan(100);
  const kept = [{ previous_response_id: 'r' }, { conversation: { id: 'c' } }, { input: [{ type: 'item_reference', id: 'i' }] }];
  for (const body of [...kept, { cachedContent: 'cachedContents/1' }]) expect(weigh(body)).toBe(Number.POSITIVE_INFINITY);
});
