'use client';

import { type Ref, useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react';
import { onceSettled } from '../../../_live/once-settled.ts';
import { startBrowserSpeech } from './browser-speech.ts';
import { createVoice, type Voice, type VoiceView } from './create-voice.ts';
import { startRecording } from './start-recording.ts';
import { canTranscribe, transcribe } from './transcribe.ts';
import { VoiceButton } from './voice-button.tsx';
import { VoiceStrip } from './voice-strip.tsx';

type TalkProps = {
  /** What `onChange` said last. */
  view: VoiceView;
  threadId: string | undefined;
  onChange(view: VoiceView): void;
  onWords(words: string): void;
  onRecording(file: File): void;
  ref: Ref<Voice>;
};

/** The way to say it: a button, and what stands in the field's place while one speaks. */
export function Talk({ view: { state }, threadId, onChange, onWords, onRecording, ref }: TalkProps) {
  const [slide, setSlide] = useState(0);
  const taken = useRef({ onWords, onRecording });
  taken.current = { onWords, onRecording };
  const voice = useMemo(
    () =>
      createVoice({
        startRecording,
        startBrowserSpeech,
        canTranscribe,
        transcribe: (audio) => transcribe(audio, threadId),
        onChange,
        onWords: (words) => taken.current.onWords(words),
        onRecording: (file) => taken.current.onRecording(file),
      }),
    [threadId, onChange],
  );
  useImperativeHandle(ref, () => voice, [voice]);
  useEffect(() => voice.cancel, [voice]);
  // Before the first press, so that the browser listens from the first word where Choir does not.
  useEffect(() => onceSettled(() => void canTranscribe()), []);
  return (
    <>
      {state !== 'idle' && <VoiceStrip voice={voice} state={state} slide={slide} />}
      <VoiceButton voice={voice} state={state} onSlide={setSlide} />
    </>
  );
}
