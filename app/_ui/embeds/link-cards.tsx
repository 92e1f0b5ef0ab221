'use client';

import { Link2 } from 'lucide-react';
import { Suspense, useState } from 'react';
import type { Card } from '#lib/embeds/read-card.ts';
import { sendJson } from '../../_live/request.ts';
import { Button } from '../base/button.tsx';
import { lazyPart } from '../base/lazy-part.ts';
import { Notice } from '../base/notice.tsx';
import { useAction } from '../base/use-action.ts';
import { linksIn } from './links-in.ts';

/** What a person looked at once stands there again when they come back: a card that plays is not looked for anew. */
const seen = new Map<string, Card>();

const CardView = lazyPart(async () => (await import('./card-view.tsx')).CardView);

/** The addresses of a text. Nothing is asked of them until the person wants to see what is there. */
export function LinkCards({ text }: { text: string }) {
  const links = linksIn(text);
  if (links.length === 0) return null;
  return (
    <ul className="space-y-2">
      {links.map((link) => (
        <li key={link}>
          <LinkCard link={link} />
        </li>
      ))}
    </ul>
  );
}

/** As one reads it: nothing in it can look like another host, for it begins with its own and the rest is escaped. */
function addressOf(link: string): string {
  const { hostname, pathname, search } = new URL(link);
  return `${hostname}${pathname === '/' ? '' : pathname}${search}`;
}

function LinkCard({ link }: { link: string }) {
  const [card, setCard] = useState(seen.get(link));
  const { busy, failure, act } = useAction();
  const show = (url: string) =>
    act(async () => {
      const found = await sendJson<Card>('/api/embeds', { url });
      seen.set(link, found);
      setCard(found);
    });
  if (card)
    return (
      <Suspense fallback={<div className="h-24 animate-breathe rounded-card bg-sunken" />}>
        <CardView card={card} link={link} onOpen={show} />
      </Suspense>
    );
  return (
    <>
      <Button look="quiet" busy={busy} onClick={() => show(link)} className="max-w-full border border-line">
        <Link2 className="size-4" aria-hidden />
        <span className="contained truncate">Look at {addressOf(link)}</span>
      </Button>
      {failure && <Notice>{failure}</Notice>}
    </>
  );
}
