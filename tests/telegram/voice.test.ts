import { afterAll, expect, it } from 'vitest';
import { listThreadFiles } from '#lib/checkpoints/list-thread-files.ts';
import { createPrices } from '#lib/prices/create-prices.ts';
import { listThreads } from '#lib/threads/list-threads.ts';
import { scriptedUpstream } from '#tests/models/scripted-upstream.ts';
import { createGateway } from '#workers/gateway/create-gateway.ts';
import { readUpstreams } from '#workers/gateway/upstream.ts';
import type { ChatPerson } from './person.ts';
import { testTelegram } from './test-telegram.ts';

const telegram = await testTelegram({ providers: ['openai'] });
const { context } = telegram;
const provider = await scriptedUpstream();
const gateway = await createGateway({
  ...context,
  upstreams: readUpstreams({ OPENAI_BASE_URL: `${provider.url}/v1` }),
  prices: createPrices({}),
});
afterAll(() => gateway.close());

const hears = (text: string) => provider.answerWith((response) => response.end(JSON.stringify({ text })));
const speak = (person: ChatPerson) => person.send({ kind: 'voice', name: 'v', bytes: Buffer.from('OggS a voice') });

it('takes a voice message as a goal, as guidance and as an answer, and says what it understood', async () => {
  const ada = await telegram.linkedPerson();
  hears('create spoken.txt with "s", then delete spoken.txt');
  speak(ada);
  expect((await ada.sees('🎙')).text).toBe('🎙 create spoken.txt with "s", then delete spoken.txt');
  await ada.sees('Keep what this did?');
  expect(provider.requests[0]?.body).toContain('OggS a voice');
  await ada.tap('Modify');
  await ada.sees('What should change?');
  hears('keep the file');
  speak(ada);
  expect((await ada.sees('To be changed by you')).text).toContain('“keep the file”');
  const [thread] = await listThreads(context);
  const heard = await context.database.sql`select run_id, data->>'outcome' as outcome from events where type = 'model.called'`;
  expect(heard).toEqual([{ run_id: null, outcome: 'ok' }]);
  expect(await context.database.sql`select agent, outcome, thread_id <> '' as "isOfThread" from model_calls order by at`).toEqual([
    { agent: 'transcription', outcome: 'ok', isOfThread: false },
    { agent: 'transcription', outcome: 'ok', isOfThread: true },
  ]);
  expect(thread?.title).toContain('spoken.txt');
  expect((await listThreadFiles(context, { threadId: thread!.id, path: '' })).map(({ name }) => name)).not.toContain('attachments');
});

it('keeps the recording where nobody can turn it into words, and says so', async () => {
  const ada = await telegram.linkedPerson();
  provider.answerWith((response) => response.writeHead(404).end());
  speak(ada);
  await ada.sees('Speech cannot be turned into text here');
  ada.say('/new create typed.txt with "t"');
  await ada.sees('✅ Done');
  const { id } = speak(ada);
  expect((await ada.sees(`📎 attachments/voice-${id}.ogg`)).text).toContain('Speech cannot be turned into text here');
});
