import { readdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testHome } from '#tests/services.ts';
import { keepSecretAnswer, sweepSecretAnswers } from './secret-answer.ts';

const home = await testHome();
const folder = join(home.run, 'answers');

test('a password that nobody typed is gone from the disk after an hour, without another one coming', async () => {
  keepSecretAnswer(home, { approvalId: 'ap_1', userId: 'us_1' }, 'old words');
  keepSecretAnswer(home, { approvalId: 'ap_2', userId: 'us_1' }, 'new words');
  const twoHoursAgo = new Date(Date.now() - 2 * 3_600_000);
  await utimes(join(folder, 'ap_1.us_1'), twoHoursAgo, twoHoursAgo);
  sweepSecretAnswers(home);
  expect(await readdir(folder)).toEqual(['ap_2.us_1']);
});
