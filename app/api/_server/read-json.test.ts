import { expect, test } from 'vitest';
import { jsonLimitBytes, readJson } from './read-json.ts';

function send(body: BodyInit, type = 'application/json'): Promise<unknown> {
  return readJson(new Request('http://choir/api', { method: 'POST', body, headers: { 'content-type': type } }));
}

test('reads JSON whatever the charset parameter says', async () => {
  expect(await send('{"a":["ü",1,null]}', 'Application/JSON; charset=utf-8')).toEqual({ a: ['ü', 1, null] });
});

test.each([
  ['nothing', ''],
  ['half an object', '{"a":'],
  ['bytes that are no UTF-8', new Uint8Array([0x22, 0xff, 0xfe, 0x22])],
  ['a NUL in a value', '{"a":"b\\u0000c"}'],
  ['a NUL in a name', '{"a\\u0000":1}'],
  ['half a surrogate pair', '["\\ud800"]'],
  ['a NUL under 200,000 brackets', `${'['.repeat(200_000)}"\\u0000"${']'.repeat(200_000)}`],
])('refuses %s', async (_, body) => {
  await expect(send(body)).rejects.toMatchObject({ code: 'invalid' });
});

test('refuses a form that pretends to be JSON', async () => {
  await expect(send('{"a":1}', 'text/plain')).rejects.toMatchObject({ code: 'invalid' });
});

test('stops reading a body that goes on and on', async () => {
  let sent = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 65_536;
      controller.enqueue(new Uint8Array(65_536).fill(32));
    },
  });
  const request = new Request('http://choir/api', {
    method: 'POST',
    body: endless,
    headers: { 'content-type': 'application/json' },
    duplex: 'half',
  } as RequestInit);
  await expect(readJson(request)).rejects.toMatchObject({ code: 'too-large' });
  expect(sent).toBeLessThan(jsonLimitBytes + 20 * 1024 * 1024);
});
