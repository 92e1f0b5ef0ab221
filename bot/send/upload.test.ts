import { expect, it } from 'vitest';
import { upload } from './upload.ts';

it('keeps a hostile name inside of its field', () => {
  expect(upload(Buffer.from('x'), 'out/a\r\nx: "1";name=chat_id\u202egnp.png').filename).toBe('a-x: -1-name=chat_id-gnp.png');
  expect(upload(Buffer.from('x'), '.env').filename).toBe('.env');
});
