'use client';

import { Pause, Play } from 'lucide-react';
import { usePathname } from 'next/navigation';
import { Button } from '../base/button.tsx';
import { usePlayer } from '../media/player/player-context.tsx';
import { usePlayback } from '../media/player/use-playback.ts';

/** Plays a sound from outside in the house's player: only now does this device ask its server. Over https alone, as pages here may. */
export function PlaySound({ src: address, title }: { src: string; title: string }) {
  const src = address.replace(/^http:/, 'https:');
  const player = usePlayer();
  const from = usePathname();
  const mine = player.track?.src === src ? player.audio : null;
  const { playing } = usePlayback(mine);
  return (
    <Button
      onClick={() => (playing ? mine?.pause() : player.play({ src, title, from }))}
      aria-label={`${playing ? 'Pause' : 'Play'}: ${title}`}
    >
      {playing ? <Pause className="size-4" aria-hidden /> : <Play className="size-4" aria-hidden />}
      {playing ? 'Pause' : 'Play'}
    </Button>
  );
}
