'use client';

import { Mic } from 'lucide-react';
import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import type { Voice, VoiceView } from './create-voice.ts';

/** A press shorter than this begins a recording that goes on by itself. */
const tapMs = 350;
/** How far a thumb slides away to take it back. */
const slidePixels = 72;

type VoiceButtonProps = { voice: Voice; state: VoiceView['state']; onSlide(share: number): void };

/** Hold to talk, slide away to take it back; a short press or a key begins and ends it too. */
export function VoiceButton({ voice, state, onSlide }: VoiceButtonProps) {
  const pressed = useRef<{ at: number; x: number; begun: boolean } | null>(null);
  const isOn = state === 'opening' || state === 'recording';

  function onPointerDown(event: PointerEvent<HTMLButtonElement>): void {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    pressed.current = { at: Date.now(), x: event.clientX, begun: !isOn };
    if (!isOn) voice.start();
  }

  function onPointerMove(event: PointerEvent<HTMLButtonElement>): void {
    if (pressed.current?.begun) onSlide(slideShare(pressed.current.x, event.clientX));
  }

  function onPointerEnd(event: PointerEvent<HTMLButtonElement>): void {
    const press = pressed.current;
    pressed.current = null;
    if (!press) return;
    onSlide(0);
    if (press.begun && (event.type === 'pointercancel' || slideShare(press.x, event.clientX) >= 1)) voice.cancel();
    else if (!press.begun || Date.now() - press.at >= tapMs) voice.finish();
  }

  function onKeyDown(event: KeyboardEvent<HTMLButtonElement>): void {
    if (event.repeat || (event.key !== 'Enter' && event.key !== ' ')) return;
    event.preventDefault();
    if (isOn) voice.finish();
    else voice.start();
  }

  return (
    <button
      type="button"
      aria-label={isOn ? 'End the recording' : 'Hold to talk'}
      title={isOn ? 'End the recording' : 'Hold to talk'}
      aria-pressed={isOn}
      disabled={state === 'hearing'}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerEnd}
      onPointerCancel={onPointerEnd}
      onKeyDown={onKeyDown}
      onContextMenu={(event) => event.preventDefault()}
      className={`inline-flex size-11 shrink-0 touch-none select-none items-center justify-center rounded-full transition-colors duration-100 [-webkit-touch-callout:none] ${isOn ? 'bg-accent text-accent-ink' : 'text-ink-soft hover:bg-sunken hover:text-ink'}`}
    >
      <Mic className="size-4.5" aria-hidden />
    </button>
  );
}

function slideShare(from: number, to: number): number {
  return Math.min(1, Math.abs(to - from) / slidePixels);
}
