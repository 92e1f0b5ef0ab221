'use client';

import { useEffect, useState } from 'react';
import { Button } from '../../base/button.tsx';
import type { Voice, VoiceView } from './create-voice.ts';

const bars = 28;
const beatMs = 80;

/** What stands in the field's place while one speaks: that it records, how loud, how long, and the ways to end it. */
export function VoiceStrip({ voice, state, slide }: { voice: Voice; state: VoiceView['state']; slide: number }) {
  const { cancel } = voice;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      cancel();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [cancel]);

  return (
    <div className="-mr-1.5 flex min-h-14 min-w-0 grow basis-full items-center gap-3 px-4 py-1.5">
      <p role="status" className="sr-only">
        {state === 'hearing'
          ? 'Turning speech into text'
          : state === 'recording'
            ? 'Recording. Escape takes it back.'
            : 'Opening the microphone'}
      </p>
      {state === 'recording' ? (
        <Levels voice={voice} isLeaving={slide >= 1} />
      ) : (
        <p className="flex-1 animate-breathe text-ink-soft text-sm">
          {state === 'hearing' ? 'Listening to it …' : 'Opening the microphone …'}
        </p>
      )}
      {state === 'recording' && slide > 0 ? (
        <p className={`text-sm ${slide >= 1 ? 'font-medium text-bad' : 'text-ink-soft'}`}>
          {slide >= 1 ? 'Let go to cancel' : 'Slide away to cancel'}
        </p>
      ) : (
        <Button look="quiet" onClick={cancel} className="px-3">
          Cancel
        </Button>
      )}
    </div>
  );
}

function Levels({ voice, isLeaving }: { voice: Voice; isLeaving: boolean }) {
  const [levels, setLevels] = useState<readonly number[]>([]);
  useEffect(() => {
    const timer = setInterval(() => setLevels((known) => [...known, voice.level()].slice(-bars)), beatMs);
    return () => clearInterval(timer);
  }, [voice]);
  const seconds = Math.floor(voice.elapsedMs() / 1_000);
  return (
    <>
      <span className={`size-2.5 shrink-0 animate-breathe rounded-full ${isLeaving ? 'bg-line-strong' : 'bg-bad'}`} aria-hidden />
      <span className="tabular shrink-0 text-sm">
        {Math.floor(seconds / 60)}:{String(seconds % 60).padStart(2, '0')}
      </span>
      <span className="flex h-8 min-w-0 flex-1 items-center justify-end gap-0.5 overflow-hidden" aria-hidden>
        {levels.map((loudness, index) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
            key={index}
            style={{ height: `${Math.max(8, loudness * 100)}%` }}
            className={`w-1 shrink-0 rounded-full ${isLeaving ? 'bg-line-strong' : 'bg-accent'}`}
          />
        ))}
      </span>
    </>
  );
}
