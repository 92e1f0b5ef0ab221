'use client';

import { Pause, Play } from 'lucide-react';
import { usePathname, useSearchParams } from 'next/navigation';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import WaveSurfer from 'wavesurfer.js';
import { Button } from '../base/button.tsx';
import { fileName, type MediaFile } from './media-file.ts';
import { usePlayer } from './player/player-context.tsx';
import { PositionSlider } from './player/position-slider.tsx';
import { SpeedButton } from './player/speed-button.tsx';
import { formatPosition, usePlayback } from './player/use-playback.ts';

/** A sound with its shape. It plays in the house's one player, so that it goes on while one reads. */
export function AudioView({ file }: { file: MediaFile }) {
  const player = usePlayer();
  const from = `${usePathname()}?${useSearchParams()}`;
  const mine = player.track?.src === file.href ? player.audio : null;
  const { playing, at, duration, rate, broken } = usePlayback(mine);
  const { setInSight } = player;
  useEffect(() => {
    setInSight(file.href);
    return () => setInSight(null);
  }, [setInSight, file.href]);
  const play = (at?: number) => player.play({ src: file.href, title: fileName(file), from }, at);
  return (
    <div className="space-y-3 px-4 py-4">
      <div className="relative rounded-lg has-focus-visible:outline-2 has-focus-visible:outline-accent">
        <Waveform href={file.href} audio={mine} onStart={play} />
        {mine && <PositionSlider media={mine} at={at} duration={duration} className="inset-x-0 top-0 h-24 opacity-0" />}
      </div>
      <div className="flex items-center gap-2">
        <Button look="primary" onClick={() => (playing ? mine?.pause() : play())} className="min-w-28">
          {playing ? <Pause className="size-4" aria-hidden /> : <Play className="size-4" aria-hidden />}
          {playing ? 'Pause' : 'Play'}
        </Button>
        {mine && <SpeedButton media={mine} rate={rate} />}
        <span className="tabular ml-auto text-ink-soft text-sm">
          {broken ? 'This cannot be played.' : duration > 0 && formatPosition(at, duration)}
        </span>
      </div>
    </div>
  );
}

/** Pressed before it plays, it starts there. */
function Waveform({ href, audio, onStart }: { href: string; audio: HTMLAudioElement | null; onStart(at: number): void }) {
  const box = useRef<HTMLDivElement>(null);
  const [problem, setProblem] = useState(false);
  const start = useEffectEvent(onStart);
  useEffect(() => {
    const container = box.current;
    if (!container) return;
    const gone = new AbortController();
    const draw = () => {
      const stop = drawWave(
        container,
        href,
        audio,
        () => setProblem(true),
        (at) => start(at),
      );
      gone.signal.addEventListener('abort', stop);
    };
    // Until it loads what it was just given, an element names what it played before.
    const isLoading = audio !== null && audio.currentSrc !== new URL(href, location.href).href;
    if (isLoading) audio.addEventListener('loadstart', draw, { once: true, signal: gone.signal });
    else draw();
    return () => gone.abort();
  }, [href, audio]);
  return (
    <>
      <div ref={box} aria-hidden data-waveform className="isolate min-h-24 rounded-lg bg-sunken px-2" />
      {problem && <p className="text-ink-soft text-sm">Its shape cannot be drawn; it may still play.</p>}
    </>
  );
}

/** Gives the way to take it away again. */
function drawWave(
  container: HTMLElement,
  href: string,
  audio: HTMLAudioElement | null,
  onProblem: () => void,
  onStart: (at: number) => void,
): () => void {
  const style = getComputedStyle(document.documentElement);
  const wave = WaveSurfer.create({
    container,
    height: 96,
    barWidth: 2,
    barGap: 1,
    barRadius: 1,
    waveColor: style.getPropertyValue('--line-strong'),
    progressColor: style.getPropertyValue('--accent'),
    cursorColor: style.getPropertyValue('--accent'),
    interact: audio === null,
    // Without an address it takes the element's own: another spelling of it would start the sound anew.
    ...(audio ? { media: audio } : { url: href }),
  });
  const unhear = wave.on('error', onProblem);
  if (!audio) wave.on('interaction', onStart);
  return () => {
    unhear();
    wave.destroy();
  };
}
