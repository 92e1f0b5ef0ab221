import { afterEach, expect, test, vi } from 'vitest';
import { DomainError, errorCodes } from '#lib/core/domain-error.ts';
import { connectDatabase } from '#lib/db/connect-database.ts';
import { projects } from '#lib/db/schema.ts';
import { GitError } from '#lib/git/store/run-git.ts';
import { testDatabase } from '#tests/services.ts';
import { toResponse } from './to-response.ts';

afterEach(() => vi.restoreAllMocks());

test('gives each code its status and its own words', async () => {
  const statuses = errorCodes.map((code) => toResponse(new DomainError(code, 'Words.')).status);
  expect(statuses).toEqual([400, 401, 403, 404, 409, 413, 429, 503, 501]);
  const response = toResponse(new DomainError('conflict', 'Answered already.', { answeredBy: 'Owner' }));
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(await response.json()).toEqual({
    type: 'about:blank',
    title: 'Conflict',
    status: 409,
    detail: 'Answered already.',
    code: 'conflict',
    answeredBy: 'Owner',
  });
});

test('details cannot pass for the status', async () => {
  expect((await toResponse(new DomainError('conflict', 'x', { status: 'withdrawn' })).json()).status).toBe(409);
});

test('says when to try again', () => {
  expect(toResponse(new DomainError('rate-limited', 'x', { retryAfterSeconds: 7 })).headers.get('retry-after')).toBe('7');
});

test('leaks nothing of an unknown error, and logs it under the id it gives', async () => {
  const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
  const response = toResponse(new Error('password=hunter2 at /secret/path'));
  const text = await response.text();
  expect(response.status).toBe(500);
  expect(text).not.toMatch(/hunter2|secret/);
  expect(String(logged.mock.calls[0]?.[0])).toContain(JSON.parse(text).errorId);
});

test('says when a part is away, and nothing else of it', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const database = connectDatabase('postgres://user:hunter2@127.0.0.1:1/choir');
  const [raw, drizzled] = await Promise.allSettled([database.sql`select 1`, database.db.select().from(projects)]);
  await database.close();
  for (const outcome of [raw, drizzled]) {
    if (outcome?.status !== 'rejected') throw new Error('Something answered.');
    const response = toResponse(outcome.reason);
    const text = await response.text();
    expect(response.status).toBe(503);
    expect(JSON.parse(text)).toMatchObject({ status: 503, code: 'unavailable' });
    expect(text).not.toMatch(/hunter2|127\.0\.0\.1|select/);
  }
});

test('says of what was deleted on the way that it is gone', async () => {
  const database = connectDatabase(await testDatabase());
  const orphan = database.sql`insert into notification_choices (user_id, thread_id, choice) values ('us_gone', 'th_gone', 'all')`;
  const response = toResponse(await orphan.catch((error: unknown) => error));
  await database.close();
  expect(await response.json()).toMatchObject({ status: 404, code: 'not-found' });
});

test('says the same when git finds no room on the disk', () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const stderr = "fatal: sha1 file '/home/choir/index.lock' write error. Out of diskspace";
  expect(toResponse(new GitError('read-tree', 128, stderr)).status).toBe(503);
  expect(toResponse(new GitError('read-tree', 128, 'fatal: bad object')).status).toBe(500);
});
