import { expect, test } from 'vitest';
import { weighRequest } from './weigh-request.ts';

const weigh = (body: object) => weighRequest({ ...body }, JSON.stringify(body).length);
const large = 'A'.repeat(3_000_000);
const small = 'A'.repeat(300);

test('text has a token for three bytes, wherever it stands', () => {
  expect(weighRequest({ messages: [] }, 301)).toBe(101);
  expect(weigh({ messages: [{ content: large }] })).toBeGreaterThan(1_000_000);
  const hidden = { media_type: 'image/png', data: large };
  expect(weigh({ messages: [{ content: [{ type: 'tool_use', input: { source: hidden } }] }] })).toBeGreaterThan(1_000_000);
  expect(weigh({ messages: [{ content: [{ type: 'document', source: { ...hidden, media_type: 'application/pdf' } }] }] })).toBeGreaterThan(
    1_000_000,
  );
});

test('a picture weighs what a model makes of it, in each protocol, and a small one no more than its bytes', () => {
  const forms = (data: string) => [
    { messages: [{ content: [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data } }] }] },
    { messages: [{ content: [{ type: 'image_url', image_url: { url: `data:image/png;base64,${data}` } }] }] },
    { input: [{ content: [{ type: 'input_image', image_url: `data:image/png;base64,${data}` }] }] },
    { contents: [{ parts: [{ inlineData: { mimeType: 'image/png', data } }] }] },
    { contents: [{ parts: [{ inline_data: { mime_type: 'image/png', data } }] }] },
  ];
  for (const form of forms(large)) {
    expect(weigh(form)).toBeGreaterThan(10_000);
    expect(weigh(form)).toBeLessThan(10_100);
  }
  for (const form of forms(small)) expect(weigh(form)).toBe(Math.ceil(JSON.stringify(form).length / 3));
});

test('what the provider keeps may be all that a model can read', () => {
  expect(weigh({ input: 'hello', previous_response_id: null, conversation: null })).toBeLessThan(100);
  const kept = [{ previous_response_id: 'r' }, { conversation: { id: 'c' } }, { input: [{ type: 'item_reference', id: 'i' }] }];
  for (const body of [...kept, { cachedContent: 'cachedContents/1' }]) expect(weigh(body)).toBe(Number.POSITIVE_INFINITY);
});
