import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type FakeCaches, fakeCaches } from '#tests/fake-caches.ts';
import { forgetPages, keepPages, openPage } from './keep-pages.ts';

const origin = 'http://choir.test';

beforeEach(() => void vi.stubGlobal('location', { origin }));
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A device on a network whose pages say `words()` of their path, each a minute newer than the one before. */
function device(fake: FakeCaches, words: (path: string) => string) {
  let minute = 0;
  vi.stubGlobal('caches', fake.caches);
  vi.stubGlobal('fetch', async (url: URL) => {
    minute += 1;
    const date = new Date(Date.UTC(2030, 0, 1, 0, minute)).toUTCString();
    return new Response(words(url.pathname), { headers: { 'content-type': 'text/html', date } });
  });
  const paths = () => fake.kept('choir-pages').map(([path]) => path);
  return { keep: (...wanted: string[]) => keepPages(wanted.map((path) => ({ path }))), paths, kept: () => fake.kept('choir-pages') };
}

const threads = (count: number) => Array.from({ length: count }, (_, number) => `/threads/${number}`);

test('a page that cannot be kept leaves its older copy, and the pages after it are tried', async () => {
  const fake = fakeCaches(origin);
  let words = 'old';
  const { keep, kept } = device(fake, () => words);
  await keep('/', '/threads/1', '/threads/2');
  words = 'new';
  let puts = 0;
  fake.before = async (call) => {
    if (call === 'put') puts += 1;
    if (call === 'put' && puts === 1) throw new Error('The disk broke.');
  };
  await keep('/', '/threads/1', '/threads/2');
  expect(new Map(kept())).toEqual(new Map(Object.entries({ '/': 'old', '/threads/1': 'new', '/threads/2': 'new' })));
});

test('a page whose age cannot be read does not hold up those after it', async () => {
  const fake = fakeCaches(origin);
  const { keep, paths } = device(fake, () => 'words');
  await keep('/threads/1');
  let matches = 0;
  fake.before = async (call) => {
    if (call === 'match') matches += 1;
    if (call === 'match' && matches === 1) throw new Error('The disk broke.');
  };
  await keepPages([{ path: '/threads/1', since: '2040-01-01T00:00:00Z' }, { path: '/threads/2' }]);
  expect(paths()).toEqual(['/threads/1', '/threads/2']);
});

test('a device that is full lets go of the oldest page for a new one, and never of the list', async () => {
  const fake = fakeCaches(origin);
  const { keep, paths } = device(fake, () => '1234');
  await keep('/', '/threads/1', '/threads/2', '/threads/3');
  fake.room = 16;
  await keep('/threads/1');
  expect(paths()).toEqual(['/', '/threads/3', '/threads/1']);
  fake.room = 12;
  await keep('/threads/4');
  expect(paths()).toEqual(['/', '/threads/1', '/threads/4']);
});

test('a device that something else fills loses one page to that at most, also where smaller pages find room', async () => {
  const fake = fakeCaches(origin);
  const { keep, paths } = device(fake, (path) => (fake.room === 30 && path === '/threads/0' ? 'x'.repeat(100) : '1234'));
  await keep('/', ...threads(5));
  fake.room = 0;
  await keep('/', ...threads(5));
  await keep('/', ...threads(5));
  expect(paths()).toEqual(['/', ...threads(5).slice(1)]);
  fake.room = 30;
  for (let round = 0; round < 3; round += 1) await keep('/', '/threads/0');
  expect(paths()).toHaveLength(5);
});

test('a page that is too large for the device costs no other page, however often the worker starts', async () => {
  const fake = fakeCaches(origin);
  const { keep, kept } = device(fake, (path) => (path === '/settings' ? 'x'.repeat(100) : '1234'));
  await keep('/', ...threads(5));
  fake.room = 30;
  for (let start = 0; start < 6; start += 1) {
    vi.resetModules();
    const anew = await import('./keep-pages.ts');
    await anew.keepPages([{ path: '/settings' }]);
  }
  expect(new Map(kept())).toEqual(new Map(['/', ...threads(5)].map((path) => [path, '1234'])));
});

test.each([{ stays: false }, { stays: true }])(
  '24 pages are kept, those that were read last, whatever the order of keys: %o',
  async (order) => {
    const fake = fakeCaches(origin, order);
    const { keep, paths } = device(fake, () => 'words');
    await keep('/', ...threads(23));
    await keep('/', '/threads/0', '/activity', '/settings');
    expect(paths().toSorted()).toEqual(['/', '/threads/0', '/activity', '/settings', ...threads(23).slice(3)].toSorted());
  },
);

/** One person reads, then another; each call of theirs does what it does whenever `scheduler` says so. */
async function readInTurn(scheduler: fc.Scheduler): Promise<[string, string][]> {
  const fake = fakeCaches(origin);
  const turn = <T>(what: string, value?: T) => scheduler.schedule(Promise.resolve(value), what);
  let person = 'first';
  fake.before = turn;
  vi.stubGlobal('caches', fake.caches);
  vi.stubGlobal('fetch', (url: URL | Request) => {
    const response = new Response(person, { headers: { 'content-type': 'text/html', date: new Date().toUTCString() } });
    return turn(`fetch ${url instanceof Request ? url.url : url}`, response);
  });
  const works: Promise<unknown>[] = [];
  const open = (path: string) =>
    openPage(
      new Request(`${origin}${path}`),
      (work) => works.push(work),
      () => {},
    );
  works.push(open('/'), open('/threads/1'), keepPages([{ path: '/' }, { path: '/threads/2', since: '2020-01-01T00:00:00Z' }]));
  works.push(
    turn('sign in').then(async () => {
      person = 'second';
      await forgetPages();
      await Promise.all([open('/'), keepPages([{ path: '/threads/3' }])]);
    }),
  );
  const done = async () => {
    // More come meanwhile.
    for (const work of works) await work;
  };
  await scheduler.waitFor(done());
  return fake.kept('choir-pages');
}

test('whatever comes late for one person, the next one on this device has their own pages and no other', async () => {
  // A page that is slow opens as it was kept: not one of these.
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      expect((await readInTurn(scheduler)).toSorted()).toEqual([
        ['/', 'second'],
        ['/threads/3', 'second'],
      ]);
    }),
    { numRuns: 300 },
  );
});
