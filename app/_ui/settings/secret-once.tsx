'use client';

import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../base/button.tsx';

/** A secret that is shown this once, with a way to take it along. */
export function SecretOnce({ label, secret }: { label: string; secret: string }) {
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
    <div className="space-y-2 rounded-card border border-accent bg-accent-soft px-4 py-3">
      <p role="status" className="font-medium text-sm">
        {label}
      </p>
      <output className="contained block select-all break-all font-mono text-[0.8125rem]">{secret}</output>
      <Button onClick={copy}>
        {copied ? <Check className="size-4" aria-hidden /> : <Copy className="size-4" aria-hidden />}
        {copied ? 'Copied' : 'Copy'}
      </Button>
    </div>
  );
}
