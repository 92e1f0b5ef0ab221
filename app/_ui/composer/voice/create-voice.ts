import { explainFailure } from '../../../_live/request.ts';
import type { BrowserSpeech } from './browser-speech.ts';
import type { Recording } from './start-recording.ts';

const longestMs = 5 * 60_000;
/** Shorter than this nobody has said anything. */
const shortestMs = 400;
/** So late the browser would miss the first words. */
const lateMs = 500;

/** `note`: why there are no words, in words. */
export type VoiceView = { state: 'idle' | 'opening' | 'recording' | 'hearing'; note: string | null };

export type Voice = {
  start(): void;
  /** Ends the recording, and gives what was said. */
  finish(): void;
  /** Ends it and lets go of it. */
  cancel(): void;
  /** How loud it is now, 0 to 1. */
  level(): number;
  elapsedMs(): number;
};

export type VoiceParts = {
  startRecording(): Promise<Recording>;
  startBrowserSpeech(): BrowserSpeech | null;
  /** Whether Choir itself turns speech into text. Never rejects. */
  canTranscribe(): Promise<boolean>;
  transcribe(audio: Blob): Promise<string>;
  onChange(view: VoiceView): void;
  onWords(words: string): void;
  onRecording(file: File): void;
};

type Session = { recording: Recording; speech: BrowserSpeech | null; isHeard: Promise<boolean>; startedAt: number };

/** Speech as words: by Choir's provider, else by the browser, else the recording itself goes along. */
export function createVoice(parts: VoiceParts): Voice {
  let state: VoiceView['state'] = 'idle';
  let session: Session | null = null;
  /** Counts presses: what a press began that was taken back meanwhile must not go on. */
  let press = 0;
  let limit: ReturnType<typeof setTimeout> | undefined;

  function show(next: VoiceView['state'], note: string | null = null): void {
    state = next;
    parts.onChange({ state, note });
  }

  function cancel(note: string | null = null): void {
    press += 1;
    clearTimeout(limit);
    session?.recording.abort();
    session?.speech?.abort();
    session = null;
    show('idle', note);
  }

  async function start(): Promise<void> {
    if (state !== 'idle') return;
    press += 1;
    const mine = press;
    show('opening');
    const isHeard = parts.canTranscribe();
    let recording: Recording;
    try {
      recording = await parts.startRecording();
    } catch (error) {
      if (mine === press) show('idle', whyNot(error));
      return;
    }
    if (mine !== press) return recording.abort();
    const made: Session = { recording, speech: null, isHeard, startedAt: Date.now() };
    session = made;
    limit = setTimeout(() => void finish(), longestMs);
    show('recording');
    if (!(await isHeard) && session === made && Date.now() - made.startedAt < lateMs) made.speech = parts.startBrowserSpeech();
  }

  async function finish(): Promise<void> {
    if (state === 'opening') return cancel('The microphone was not open yet. Speak once it records.');
    const made = session;
    if (!made) return;
    if (Date.now() - made.startedAt < shortestMs) return cancel('Hold it while you speak, or press once to begin and once to end.');
    session = null;
    clearTimeout(limit);
    const mine = press;
    show('hearing');
    const heard = await hear(made).catch(() => null);
    if (mine !== press) return;
    if (heard?.words) parts.onWords(heard.words);
    else if (heard) parts.onRecording(heard.file);
    show('idle', heard ? heard.note : 'The recording failed. Say it again.');
  }

  async function hear({ recording, speech, isHeard }: Session): Promise<{ file: File; words: string; note: string | null }> {
    const [file, spoken] = await Promise.all([recording.finish(), speech?.finish() ?? '']);
    try {
      const isByChoir = await isHeard;
      const words = isByChoir ? await parts.transcribe(file) : spoken;
      if (words) return { file, words, note: null };
      const why = isByChoir || speech ? 'No words were heard in it' : 'Nothing here turns speech into text';
      return { file, words, note: `${why}, so the recording itself goes along.` };
    } catch (error) {
      return { file, words: '', note: `${explainFailure(error)} The recording itself goes along.` };
    }
  }

  return {
    start: () => void start(),
    finish: () => void finish(),
    cancel: () => cancel(),
    level: () => session?.recording.level() ?? 0,
    elapsedMs: () => (session ? Date.now() - session.startedAt : 0),
  };
}

function whyNot(error: unknown): string {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError') return 'The microphone may not be used. Allow it for this page in the settings of your browser.';
  if (name === 'NotFoundError') return 'This device has no microphone.';
  return 'The microphone cannot be opened. Another program may be using it.';
}
