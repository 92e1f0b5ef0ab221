import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { listThreadFiles } from '#lib/checkpoints/list-thread-files.ts';
import { readThreadFile } from '#lib/checkpoints/read-thread-file.ts';
import { listThreads } from '#lib/threads/list-threads.ts';
import { wireMessage } from './bot-api/wire-message.ts';
import { testTelegram } from './test-telegram.ts';

const telegram = await testTelegram();
const { context, server } = telegram;
/** One red pixel. */
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==', 'base64');
const newest = async () => (await listThreads(context))[0]!.id;
const attached = async () => (await listThreadFiles(context, { threadId: await newest(), path: 'attachments' })).map(({ name }) => name);

it('takes files into the working tree, before the goal that comes with them is worked on', async () => {
  const ada = await telegram.linkedPerson();
  ada.send({ kind: 'document', name: '../../.ssh/notes of "Ada" 🎉.txt', bytes: Buffer.from('milk\n') }, 'list the files in attachments');
  const done = await ada.sees('✅ Done');
  expect(done.text).toContain('attachments');
  expect(await attached()).toEqual(['notes-of-Ada-.txt']);
  const { checkpoints } = await context.ledger.load(await newest());
  expect(checkpoints.map(({ kind, actor, label }) => ({ kind, actor, label }))).toEqual([
    { kind: 'base', actor: 'person', label: 'Start of scratch' },
    { kind: 'person', actor: 'person', label: 'Attached notes-of-Ada-.txt' },
  ]);
});

it('takes a photo, a voice message and an album into the thread, each once', async () => {
  const ada = await telegram.linkedPerson();
  ada.say('/project new album');
  await ada.sees('New threads are about album');
  ada.say('create page.txt with "p"');
  await ada.sees('✅ Done');
  const photo = ada.send({ kind: 'photo', name: 'IMG.jpg', bytes: png });
  const voice = ada.send({ kind: 'voice', name: 'v', bytes: Buffer.from('OggS') });
  await ada.sees(`attachments/photo-${photo.id}.jpg`);
  await ada.sees(`attachments/voice-${voice.id}.ogg`);
  const round = ada.send({ kind: 'video_note', name: 'v', bytes: Buffer.from('ftyp') });
  await ada.sees(`attachments/video-${round.id}.mp4`);
  const { text: _, ...sticker } = {
    ...wireMessage(ada.chat, round, server.people),
    video_note: undefined,
    sticker: { file_id: 's', type: 'regular' },
  };
  server.queue.push({ message: sticker } as never);
  await ada.sees('I take words, voice, pictures, films and files.');
  ada.album(
    ['one.png', 'two.png', 'one.png'].map((name, index) => ({
      kind: 'document' as const,
      name,
      bytes: Buffer.concat([png, Buffer.from([index])]),
    })),
    'delete page.txt',
  );
  await ada.sees('Keep what this did?');
  expect((await attached()).sort()).toEqual(
    ['one-2.png', 'one.png', 'two.png', `photo-${photo.id}.jpg`, `voice-${voice.id}.ogg`, `video-${round.id}.mp4`].sort(),
  );
  const { bytes } = await readThreadFile(context, { threadId: await newest(), path: `attachments/photo-${photo.id}.jpg` });
  expect(Buffer.from(bytes).equals(png)).toBe(true);
  await ada.tap('Reject');
});

it('takes files that came without words along with the next ones, once', async () => {
  const ada = await telegram.linkedPerson();
  const goesAlong = async () => {
    const goal = (await context.ledger.load(await newest())).items.findLast(({ kind }) => kind === 'goal');
    return goal?.kind === 'goal' ? (goal.attachments ?? []) : [];
  };
  ada.say('/project new later');
  await ada.sees('New threads are about later');
  ada.send({ kind: 'document', name: 'first.txt', bytes: Buffer.from('1') });
  await ada.sees('What should be done with it?');
  const photo = ada.send({ kind: 'photo', name: 'IMG.jpg', bytes: png }, '/new create page.txt with "p"');
  await ada.sees(/✅ Done[\s\S]*page\.txt/);
  expect(await goesAlong()).toEqual(['attachments/first.txt', `attachments/photo-${photo.id}.jpg`]);
  ada.album(
    ['one.txt', 'two.txt'].map((name) => ({ kind: 'document' as const, name, bytes: Buffer.from(name) })),
    '',
  );
  await ada.sees(/📎 attachments\/one\.txt\n📎 attachments\/two\.txt\nWhat should be done with them\?/);
  ada.say('create both.txt with "b"');
  await ada.sees(/✅ Done[\s\S]*both\.txt/);
  expect(await goesAlong()).toEqual(['attachments/one.txt', 'attachments/two.txt']);
  ada.say('create alone.txt with "a"');
  await ada.sees(/✅ Done[\s\S]*alone\.txt/);
  expect(await goesAlong()).toEqual([]);
  expect((await attached()).sort()).toEqual(['first.txt', 'one.txt', `photo-${photo.id}.jpg`, 'two.txt']);
});

it('takes an album and the words behind it in order, also when both waited for the bot', async () => {
  const ada = await telegram.linkedPerson();
  ada.say('/project new waited');
  await ada.sees('New threads are about waited');
  await telegram.stopBot();
  ada.album(
    ['one.txt', 'two.txt'].map((name) => ({ kind: 'document' as const, name, bytes: Buffer.from(name) })),
    '',
  );
  ada.say('create behind.txt with "b"');
  await telegram.startBot();
  await ada.sees(/✅ Done[\s\S]*behind\.txt/);
  expect((await attached()).sort()).toEqual(['one.txt', 'two.txt']);
});

it('holds up no words for a file that waits for them and is not to be had', async () => {
  const ada = await telegram.linkedPerson();
  const refusals = () => ada.messages().filter(({ text }) => text.includes('files up to 20 MB')).length;
  ada.say('/new');
  await ada.sees('A new thread');
  const film = { kind: 'document' as const, name: 'film.mov', bytes: Buffer.alloc(21 * 1024 * 1024) };
  ada.send(film);
  await server.until(() => refusals() === 1, 'a word about a film that is too large');
  ada.send({ ...film, sizeUnsaid: true });
  await ada.sees('What should be done with it?');
  ada.say('create held.txt with "h"');
  await server.until(() => refusals() === 2, 'a word about a film that Telegram does not give');
  ada.say('create held.txt with "h"');
  await ada.sees(/✅ Done[\s\S]*held\.txt/);
});

it('says what is too large, and writes through no link', async () => {
  const ada = await telegram.linkedPerson();
  ada.send({ kind: 'video', name: 'film.mp4', bytes: Buffer.alloc(21 * 1024 * 1024) }, 'cut this');
  await ada.sees('files up to 20 MB');
  ada.say('/project new links');
  await ada.sees('New threads are about links');
  const sent = ada.send({ kind: 'document', name: 'x.txt', bytes: Buffer.from('x') });
  await ada.sees('What should be done with it? Your next message takes it along.');
  ada.say('create a.txt with "a"', { replyTo: sent });
  await ada.sees('✅ Done');
  expect(await attached()).toEqual(['x.txt']);
  ada.say('/new create b.txt with "b"');
  await ada.sees(/✅ Done[\s\S]*b\.txt/);
  const threadId = await newest();
  await rm(join(context.home.tree(threadId), 'attachments'), { recursive: true, force: true });
  await symlink('/tmp', join(context.home.tree(threadId), 'attachments'));
  ada.send({ kind: 'document', name: `choir-${threadId}.txt`, bytes: Buffer.from('x') });
  await server.until(() => ada.messages().find(({ text }) => /📎|something else|went wrong/.test(text)), 'an answer');
  expect(existsSync(`/tmp/choir-${threadId}.txt`)).toBe(false);
});

it('leads to a file that an agent made, however long its path is', async () => {
  const ada = await telegram.linkedPerson();
  const deep = Array.from({ length: 14 }, () => randomBytes(100).toString('hex')).join('/');
  ada.say(`/new create ${deep}/end.txt with "e"`);
  await ada.sees('✅ Done');
  ada.say(`/files ${deep}`);
  await ada.tap('end.txt');
  await ada.sees(/\ne$/);
});

it('sends what an agent makes as what it is, pictures together, and what cannot be shown as a document', async () => {
  const ada = await telegram.linkedPerson();
  const command = `echo ${png.toString('base64')} | base64 -d > dot.png; cp dot.png two.png; echo ID3 > song.mp3; echo '%PDF' > paper.pdf`;
  ada.say(`/new run the command \`${command}\``);
  const media = () => ada.messages().filter((message) => message.media);
  const seen = () => media().map(({ media: shown }) => `${shown?.kind} ${shown?.file.name}`);
  await server.until(() => seen().length >= 4, 'four files');
  expect(seen().sort()).toEqual(['audio song.mp3', 'document paper.pdf', 'photo dot.png', 'photo two.png']);
  const albums = media().flatMap(({ albumId, media: shown }) => (albumId ? [`${albumId} ${shown?.kind}`] : []));
  expect(albums).toEqual([albums[0], albums[0]]);
  expect(media().every(({ silent }) => silent)).toBe(true);
  server.trouble((method) => (method === 'sendAudio' ? 'refused' : null));
  ada.say('run the command `echo ID3 > lost.mp3`');
  await ada.sees(/✅ Done[\s\S]*lost\.mp3/);
  server.trouble(() => null);
  ada.say('run the command `echo nothing > broken.png`');
  await server.until(() => seen().includes('document broken.png'), 'a document');
  await ada.sees(/✅ Done[\s\S]*broken\.png/);
  const answered = media().find(({ media: shown }) => shown?.file.name === 'two.png');
  ada.say('create reply.txt with "r"', { replyTo: answered });
  await ada.sees(/✅ Done[\s\S]*reply\.txt/);
  expect((await listThreadFiles(context, { threadId: await newest(), path: '' })).map(({ name }) => name)).toContain('two.png');
});
