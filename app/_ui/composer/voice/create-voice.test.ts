import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { unreachable } from '../../../_live/request.ts';
import { createVoice, type VoiceParts, type VoiceView } from './create-voice.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const file = new File(['sound'], 'voice.webm', { type: 'audio/webm' });

function device(parts: Partial<VoiceParts> = {}) {
  const views: VoiceView[] = [];
  const given: (string | File)[] = [];
  const microphone = { isOpen: false };
  const close = () => {
    microphone.isOpen = false;
    return file;
  };
  const voice = createVoice({
    startRecording: async () => {
      microphone.isOpen = true;
      return { level: () => 0.5, finish: async () => close(), abort: close };
    },
    startBrowserSpeech: () => null,
    canTranscribe: async () => true,
    transcribe: async () => 'by Choir',
    onChange: (view) => void views.push(view),
    onWords: (words) => void given.push(words),
    onRecording: (recording) => void given.push(recording),
    ...parts,
  });
  return { voice, views, given, microphone, last: () => views.at(-1), passes: (ms: number) => vi.advanceTimersByTimeAsync(ms) };
}

const bySpeech = (words: string) => () => ({ finish: async () => words, abort() {} });

test('gives what Choir heard, and shows each state on the way', async () => {
  const { voice, views, given, microphone, passes } = device();
  voice.start();
  await passes(2_000);
  expect([voice.elapsedMs(), voice.level()]).toEqual([2_000, 0.5]);
  voice.finish();
  await passes(0);
  expect(given).toEqual(['by Choir']);
  expect(views.map(({ state }) => state)).toEqual(['opening', 'recording', 'hearing', 'idle']);
  expect([views.at(-1)?.note, microphone.isOpen]).toEqual([null, false]);
});

test('records from the press on, however late Choir says whether it can hear', async () => {
  const { promise: answered, resolve: answer } = Promise.withResolvers<boolean>();
  const { voice, given, last, passes } = device({ canTranscribe: () => answered });
  voice.start();
  await passes(2_000);
  expect(last()?.state).toBe('recording');
  voice.finish();
  await passes(3_000);
  expect([last()?.state, given]).toEqual(['hearing', []]);
  answer(true);
  await passes(0);
  expect([last()?.state, given]).toEqual(['idle', ['by Choir']]);
});

test('lets the browser listen where Choir says soon enough that it cannot; else the recording has what the browser missed', async () => {
  const { promise: answered, resolve: answer } = Promise.withResolvers<boolean>();
  const startBrowserSpeech = vi.fn(bySpeech('by the browser'));
  const first = device({ canTranscribe: () => answered, startBrowserSpeech });
  const second = device({ canTranscribe: () => answered, startBrowserSpeech });
  first.voice.start();
  second.voice.start();
  const late = device({ canTranscribe: () => new Promise((resolve) => setTimeout(resolve, 900, false)), startBrowserSpeech });
  late.voice.start();
  await first.passes(450);
  second.voice.finish();
  answer(false);
  await first.passes(1_000);
  expect(startBrowserSpeech).toHaveBeenCalledTimes(1);
  late.voice.finish();
  await late.passes(0);
  expect(late.given).toEqual([file]);
  first.voice.finish();
  await first.passes(0);
  expect(first.given).toEqual(['by the browser']);
  expect(second.given).toEqual([file]);
  expect(second.last()?.note).toBe('Nothing here turns speech into text, so the recording itself goes along.');
});

test.each([
  ['nobody heard words in it', async () => '', 'No words were heard in it, so the recording itself goes along.'],
  ['Choir cannot be reached', () => Promise.reject(unreachable()), `${unreachable().message} The recording itself goes along.`],
])('gives the recording itself where %s, and says why', async (_, transcribe, note) => {
  const { voice, given, last, passes } = device({ transcribe });
  voice.start();
  await passes(1_000);
  voice.finish();
  await passes(0);
  expect([given, last()]).toEqual([[file], { state: 'idle', note }]);
});

test('says so when it was let go before the microphone was open, and closes that when it opens', async () => {
  const { promise: allowed, resolve: allow } = Promise.withResolvers<void>();
  const abort = vi.fn();
  const { voice, last, passes } = device({
    startRecording: () => allowed.then(() => ({ level: () => 0, finish: async () => file, abort })),
  });
  voice.start();
  await passes(2_000);
  voice.finish();
  expect(last()).toEqual({ state: 'idle', note: 'The microphone was not open yet. Speak once it records.' });
  allow();
  await passes(0);
  expect([last()?.state, abort.mock.calls.length]).toEqual(['idle', 1]);
});

test('says how it is done after a press too short to say anything', async () => {
  const { voice, given, last, microphone, passes } = device();
  voice.start();
  await passes(100);
  voice.finish();
  await passes(0);
  expect([given, microphone.isOpen]).toEqual([[], false]);
  expect(last()?.note).toMatch(/^Hold it while you speak/);
});

test('goes on hearing when it is told to finish again', async () => {
  const { promise: heard, resolve: hear } = Promise.withResolvers<string>();
  const { voice, given, last, passes } = device({ transcribe: () => heard });
  voice.start();
  await passes(1_000);
  voice.finish();
  await passes(0);
  voice.finish();
  expect(last()?.state).toBe('hearing');
  hear('late');
  await passes(0);
  expect(given).toEqual(['late']);
});

test('says that the recording failed, and nothing of it once it was taken back', async () => {
  const { promise: failed, reject: fail } = Promise.withResolvers<File>();
  failed.catch(() => {});
  const broken = { startRecording: async () => ({ level: () => 0, finish: () => failed, abort() {} }) };
  const [kept, takenBack] = [device(broken), device(broken)];
  for (const { voice } of [kept, takenBack]) voice.start();
  await kept.passes(1_000);
  for (const { voice } of [kept, takenBack]) voice.finish();
  takenBack.voice.cancel();
  fail(new DOMException('Broken.', 'UnknownError'));
  await kept.passes(0);
  expect(kept.last()).toEqual({ state: 'idle', note: 'The recording failed. Say it again.' });
  expect(takenBack.last()).toEqual({ state: 'idle', note: null });
});

test.each([
  [new DOMException('', 'NotAllowedError'), /may not be used/],
  [new DOMException('', 'NotFoundError'), /no microphone/],
  [new TypeError('No.'), /cannot be opened/],
])('rejects a press without a microphone in words, not one that was taken back: %s', async (error, words) => {
  const [kept, takenBack] = [0, 1].map(() => device({ startRecording: () => Promise.reject(error) }));
  if (!kept || !takenBack) throw new Error('Two devices.');
  kept.voice.start();
  takenBack.voice.start();
  takenBack.voice.cancel();
  await kept.passes(0);
  expect(kept.last()?.note).toMatch(words);
  expect(takenBack.last()?.note).toBeNull();
});

test('ends by itself after five minutes', async () => {
  const { voice, given, passes } = device();
  voice.start();
  await passes(5 * 60_000);
  expect(given).toEqual(['by Choir']);
});
