import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanLine, cleanText } from './clean-text.ts';

test.each([
  ['colours', '\u001b[31mred\u001b[0m', 'red'],
  ['clearing the screen', 'a\u001b[2J\u001b[Hb', 'ab'],
  ['a title', '\u001b]0;owned\u0007text', 'text'],
  ['a hyperlink', '\u001b]8;;https://evil.example\u001b\\link\u001b]8;;\u001b\\', 'link'],
  ['one-byte control sequences', '\u009b31mred', 'red'],
  ['overwriting by carriage return', 'rm -rf /\rls', 'rm -rf /\nls'],
  ['backspaces', 'safe\b\b\b\bevil', 'safeevil'],
  ['right-to-left marks', 'a\u202egnp.exe', 'agnp.exe'],
])('takes out %s', (_, text, clean) => {
  expect(cleanText(text)).toBe(clean);
});

test('nothing that a terminal obeys is left of any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(cleanText(`\u001b${text}`)).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    }),
  );
});

test('keeps other writing, lines and tabs as they are', () => {
  expect(cleanText('ångström\t日本語 👩‍👩‍👧\nשלום')).toBe('ångström\t日本語 👩‍👩‍👧\nשלום');
  expect(cleanLine(' a\n\tb ')).toBe('a b');
});
