import { expect, test } from 'vitest';
import { testHome } from '#tests/services.ts';
import { createStore } from '../store/create-store.ts';
import { runGit } from '../store/run-git.ts';
import { openObjectReader } from './object-reader.ts';

const store = (await testHome()).store('pr_test');
await createStore(store);
const input = Buffer.alloc(8 * 1024 * 1024, 'x');
const oid = (await runGit({ store, args: ['hash-object', '-w', '--stdin'], input })).toString().trim();

test('reads one object after the other', async () => {
  await using reader = openObjectReader(store);
  expect(await reader.read('0'.repeat(40))).toBeNull();
  expect((await reader.read(oid))?.bytes.equals(input)).toBe(true);
  expect((await reader.read(oid))?.size).toBe(input.length);
});

test('lets go of an object that nobody could take to its end', async () => {
  async function copyToFullDisk() {
    await using reader = openObjectReader(store);
    await reader.copy(oid, async () => {
      throw new Error('The disk is full.');
    });
  }
  await expect(copyToFullDisk()).rejects.toThrow('The disk is full.');
});
