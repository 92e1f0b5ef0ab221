import { expect, test } from 'vitest';
import { stepAgent } from '#tests/agents/step-agent.ts';
import { testWorker } from '#tests/test-worker.ts';
import { search } from './search.ts';

const bench = await testWorker();
const steps = stepAgent([]);
const garden = await bench.open(
  stepAgent([{ tool: 'create_file', args: { path: 'docs/tulips-and-bulbs.md', content: 'Plant them in October.\nWater: 100% of %s\n' } }]),
  { goal: 'Write down when to plant tulips' },
);
await garden.work();
const kitchen = await bench.open(stepAgent([{ tool: 'run_command', args: { command: 'echo rhubarb', cwd: '.' } }]), {
  goal: 'Cook something',
});
await kitchen.work();

test('finds threads by title, what was said and done by its words, and files by path and line', async () => {
  const { threads, events, files, partial } = await search(bench.context, { q: 'tuli' });
  expect(threads.map(({ threadId }) => threadId)).toEqual([garden.threadId]);
  expect(events.map(({ type }) => type)).toContain('goal.given');
  expect(events.every(({ threadId, match }) => threadId === garden.threadId && match.marks.length > 0)).toBe(true);
  expect(files).toMatchObject([{ path: 'docs/tulips-and-bulbs.md', line: null, threadId: garden.threadId }]);
  expect(partial).toBe(false);
});

test('finds once what an agent says at last, though its run ends with the same words', async () => {
  const words = '## Done\n\nAll **sunflowers** stand.';
  let told = false;
  const teller: typeof steps = {
    ...steps,
    async next() {
      if (told) return { type: 'complete', summary: words };
      told = true;
      return { type: 'say', text: words };
    },
  };
  const thread = await bench.open(teller, { goal: 'Tell me' });
  await thread.work();
  expect((await search(bench.context, { q: 'sunflowers' })).events).toMatchObject([
    { threadId: thread.threadId, type: 'message.posted', match: { text: 'Done All sunflowers stand.' } },
  ]);
});

test('finds a command by a word inside of it, and a line as it is written', async () => {
  expect((await search(bench.context, { q: 'rhubarb' })).events).toMatchObject([{ threadId: kitchen.threadId, type: 'tool.proposed' }]);
  expect((await search(bench.context, { q: 'plant them IN' })).files).toMatchObject([
    { line: 1, match: { text: 'Plant them in October.' } },
  ]);
  expect((await search(bench.context, { q: '% of %' })).files).toMatchObject([{ line: 2 }]);
});

test('wants all words, and stays within a project that is named', async () => {
  expect((await search(bench.context, { q: 'tulips rhubarb' })).events).toEqual([]);
  const elsewhere = await search(bench.context, { q: 'tulips', projectId: kitchen.projectId });
  expect(elsewhere).toMatchObject({ threads: [], events: [], files: [] });
});

test('stays within a thread that is named, and looks at no file then', async () => {
  const { threadId } = kitchen;
  expect((await search(bench.context, { q: 'rhubarb', threadId })).events).toMatchObject([{ threadId }]);
  expect(await search(bench.context, { q: 'tulips', threadId })).toMatchObject({ threads: [], events: [], files: [] });
});

test('no query is read as a pattern, an option or an operator', async () => {
  for (const q of [
    "'; drop table events; --",
    '--open-files-in-pager=id',
    '-f/etc/passwd',
    'zebra & !yak | (xylophone',
    ':*',
    '\\',
    '日本 <->',
  ])
    expect(await search(bench.context, { q })).toMatchObject({ threads: [], events: [], files: [] });
});

test('rejects a stranger, shows nothing of another workspace', async () => {
  await expect(search({ ...bench.context, actor: { kind: 'choir' } as never }, { q: 'tulips' })).rejects.toMatchObject({
    code: 'forbidden',
  });
  const other = { ...bench.context, actor: { ...bench.context.actor, workspaceId: 'ws_other' } as never };
  expect(await search(other, { q: 'tulips' })).toEqual({ threads: [], events: [], files: [], partial: false });
});
