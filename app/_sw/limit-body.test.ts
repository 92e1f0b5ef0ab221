import { expect, test } from 'vitest';
import { limitBody } from './limit-body.ts';

function shared(text: string): Request {
  const form = new FormData();
  form.set('text', text);
  return new Request('http://choir.test/share', { method: 'POST', body: form });
}

test('what is shared is read up to a limit and never beyond it, however it is cut', async () => {
  expect((await limitBody(shared('soil'), 1_000).formData()).get('text')).toBe('soil');
  await expect(limitBody(shared('a'.repeat(1_000)), 1_000).formData()).rejects.toThrow();

  let sent = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 100;
      controller.enqueue(new Uint8Array(100));
    },
  });
  const init = { method: 'POST', body: endless, duplex: 'half' };
  await expect(limitBody(new Request('http://choir.test/share', init), 1_000).arrayBuffer()).rejects.toThrow('1000 bytes');
  expect(sent).toBeLessThan(2_000);
});
