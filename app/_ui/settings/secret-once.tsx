'use client';

import { Check, Copy } from 'lucide-react';
import { Suspense, useState } from 'react';
import { Button } from '../base/button.tsx';
import { lazyPart } from '../base/lazy-part.ts';

const QrCode = lazyPart(async () => (await import('./qr-code.tsx')).QrCode);
const intoSight = (box: HTMLElement | null) => box?.scrollIntoView({ block: 'nearest' });

/** A secret that is shown this once, with a way to take it along; a link also as a picture, for the camera of the device that is to open it. */
export function SecretOnce({ label, secret, isLink = false }: { label: string; secret: string; isLink?: boolean }) {
  const [copied, setCopied] = useState(false);

  /** Over plain http in a home network a page has no clipboard: then the text above is selected with one tap. */
  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(secret);
      setCopied(true);
    } catch {
      setCopied(false);
    }
  }

  return (
    <div ref={intoSight} className="space-y-2 rounded-card border border-accent bg-accent-soft px-4 py-3">
      <p role="status" className="font-medium text-sm">
        {label}
      </p>
      {isLink && (
        <Suspense fallback={<div className="size-48" />}>
          <QrCode text={secret} label="The link as a QR code" />
        </Suspense>
      )}
      <output className="contained block select-all break-all font-mono text-[0.8125rem]">{secret}</output>
      <Button onClick={copy}>
        {copied ? <Check className="size-4" aria-hidden /> : <Copy className="size-4" aria-hidden />}
        {copied ? 'Copied' : 'Copy'}
      </Button>
    </div>
  );
}
