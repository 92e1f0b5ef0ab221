import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createBoundedOutput } from './bounded-output.ts';

test('output within the limit is whole, however it was cut into pieces', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.array(fc.nat(20)), (text, cuts) => {
      const bytes = Buffer.from(text);
      const heard: string[] = [];
      const output = createBoundedOutput(1_000, (part) => heard.push(part));
      let start = 0;
      for (const length of [...cuts, bytes.length]) {
        output.write(bytes.subarray(start, start + length));
        start += length;
      }
      const shown = text.replaceAll('\0', '\ufffd');
      expect(output.end()).toBe(shown);
      expect(heard.join('')).toBe(shown);
    }),
  );
});

test('longer output keeps its head and tail and says how much is left out', () => {
  const output = createBoundedOutput(10);
  for (let index = 0; index < 100_000; index += 1) output.write(Buffer.from(String(index % 10)));
  expect(output.end()).toBe('01234\n... 99990 bytes left out ...\n56789');
});

test('characters at the cut are left out whole', () => {
  const output = createBoundedOutput(10);
  output.write(Buffer.from('€€€€€€€€'));
  expect(output.end()).toBe('€\n... 14 bytes left out ...\n€');
});
