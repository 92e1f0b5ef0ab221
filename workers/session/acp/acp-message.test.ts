import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readMessage, writeMessage } from './acp-message.ts';

describe('a line of a program', () => {
  test('is heard only when it is JSON-RPC, whatever else it prints', () => {
    for (const garbage of ['', 'Warning: deprecated', '{', '[1]', '{"id":{}}', '{"jsonrpc":"2.0"}', 'null', '{"id":true,"result":1}'])
      expect(readMessage(garbage), garbage).toBeNull();
    fc.assert(fc.property(fc.string(), (line) => readMessage(line) === null || line.startsWith('{')));
  });

  test('is a request, a notification or an answer', () => {
    expect(readMessage(writeMessage({ id: 1, method: 'a', params: {} }))).toMatchObject({ kind: 'request', id: 1, method: 'a' });
    expect(readMessage(writeMessage({ method: 'a' }))).toMatchObject({ kind: 'notification', method: 'a' });
    expect(readMessage(writeMessage({ id: 'x', result: null }))).toMatchObject({ kind: 'response', id: 'x' });
    expect(readMessage(writeMessage({ id: 2, error: { code: -1, message: 'no' } }))).toMatchObject({ error: { message: 'no' } });
  });
});
