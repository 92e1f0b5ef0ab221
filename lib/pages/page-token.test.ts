import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readPageToken, signPageToken } from './page-token.ts';

const secret = randomBytes(32);
const grant = { projectId: 'pr_1', commit: 'a'.repeat(40), scripts: false, until: 2_000 };

test('opens what it was signed for, until its time is over', () => {
  const token = signPageToken(secret, grant);
  expect(readPageToken(secret, token, 1_999)).toEqual(grant);
  expect(readPageToken(secret, token, 2_000)).toBeNull();
  expect(readPageToken(randomBytes(32), token, 0)).toBeNull();
});

test('nothing else opens anything', () => {
  const token = signPageToken(secret, grant);
  const [, signed = ''] = token.split('.');
  const other = Buffer.from(JSON.stringify({ ...grant, scripts: true })).toString('base64url');
  expect(readPageToken(secret, `${other}.${signed}`, 0)).toBeNull();
  fc.assert(
    fc.property(fc.nat(token.length - 1), fc.string({ minLength: 1, maxLength: 1 }), (at, character) => {
      const changed = `${token.slice(0, at)}${character}${token.slice(at + 1)}`;
      expect(readPageToken(secret, changed, 0)).toEqual(changed === token ? grant : null);
    }),
  );
});
