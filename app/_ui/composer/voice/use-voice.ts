'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { explainFailure } from '../../../_live/request.ts';
import { untilLoaded } from '../../base/until-loaded.ts';
import type { BrowserSpeech } from './browser-speech.ts';
import type { Recording } from './start-recording.ts';

const loadParts = () => untilLoaded(() => import('./speech-parts.ts'));

const longestMs = 5 * 60_000;
/** Shorter than this nobody has said anything. */
const shortestMs = 400;

export type Voice = {
  state: 'idle' | 'opening' | 'recording' | 'hearing';
  startedAt: number;
  /** Why there are no words, in words. */
  note: string | null;
  level(): number;
  start(): void;
  finish(): void;
  cancel(): void;
};

type VoiceOptions = { threadId: string | undefined; onWords(words: string): void; onRecording(file: File): void };
type Session = { recording: Recording; speech: BrowserSpeech | null; heard: Promise<boolean>; startedAt: number };

/** Speech as words: by Choir's provider, else by the browser, else the recording itself goes along. */
export function useVoice({ threadId, onWords, onRecording }: VoiceOptions): Voice {
  const [state, setState] = useState<Voice['state']>('idle');
  const [note, setNote] = useState<string | null>(null);
  const session = useRef<Session | null>(null);
  /** Counts presses: what a press began that was taken back meanwhile must not go on. */
  const press = useRef(0);
  const limit = useRef<ReturnType<typeof setTimeout>>(undefined);
  const taken = useRef({ onWords, onRecording });
  taken.current = { onWords, onRecording };

  const cancel = useCallback(() => {
    press.current += 1;
    clearTimeout(limit.current);
    session.current?.recording.abort();
    session.current?.speech?.abort();
    session.current = null;
    setState('idle');
  }, []);

  const finish = useCallback(async () => {
    const made = session.current;
    if (!made) return cancel();
    if (Date.now() - made.startedAt < shortestMs) {
      cancel();
      setNote('Hold it while you speak, or press once to begin and once to end.');
      return;
    }
    session.current = null;
    clearTimeout(limit.current);
    const mine = press.current;
    setState('hearing');
    try {
      const { transcribe } = await loadParts();
      const [file, spoken] = await Promise.all([made.recording.finish(), made.speech?.finish() ?? '']);
      const words = (await made.heard) ? await transcribe(file, threadId).catch(explain) : { words: spoken, why: null };
      if (mine !== press.current) return;
      const heard = typeof words === 'string' ? { words, why: null } : words;
      if (heard.words) taken.current.onWords(heard.words);
      else taken.current.onRecording(file);
      setNote(heard.words ? null : (heard.why ?? 'Nothing here turns speech into text, so the recording itself goes along.'));
    } catch (error) {
      setNote(explainFailure(error));
    }
    if (mine === press.current) setState('idle');
  }, [cancel, threadId]);

  const start = useCallback(async () => {
    const mine = ++press.current;
    setNote(null);
    setState('opening');
    try {
      const { canTranscribe, startBrowserSpeech, startRecording } = await loadParts();
      if (mine !== press.current) return;
      const heard = canTranscribe();
      const recording = await startRecording();
      if (mine !== press.current) return recording.abort();
      const speech = (await heard) ? null : startBrowserSpeech();
      if (mine !== press.current) {
        speech?.abort();
        return recording.abort();
      }
      session.current = { recording, speech, heard, startedAt: Date.now() };
      limit.current = setTimeout(() => void finish(), longestMs);
      setState('recording');
    } catch (error) {
      if (mine !== press.current) return;
      setNote(whyNot(error));
      setState('idle');
    }
  }, [finish]);

  useEffect(() => cancel, [cancel]);
  return {
    state,
    startedAt: session.current?.startedAt ?? 0,
    note,
    level: () => session.current?.recording.level() ?? 0,
    start: () => void start(),
    finish: () => void finish(),
    cancel,
  };
}

function explain(error: unknown): { words: string; why: string } {
  return { words: '', why: `${explainFailure(error)} The recording itself goes along.` };
}

function whyNot(error: unknown): string {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError') return 'The microphone may not be used. Allow it for this page in the settings of your browser.';
  if (name === 'NotFoundError') return 'This device has no microphone.';
  return 'The microphone cannot be opened. Another program may be using it.';
}
