'use client';

import type { ReactNode } from 'react';
import { describeBody } from '#lib/core/words/describe-call.ts';
import { describeError } from '#lib/core/words/refusal-words.ts';
import { Button } from '../base/button.tsx';
import { HostileText, OutputBox } from '../base/hostile-text.tsx';
import { Notice } from '../base/notice.tsx';
import { useTyping } from '../thread/thread-context.tsx';
import type { ItemProps } from './item-renderers.tsx';
import { useWholeResult } from './use-whole-result.ts';

const decisions = { allow: 'Allowed', ask: 'Asked first', deny: 'Denied' };

/** Everything there is to know of one call: why, what exactly, what came out, and what the policy said. */
export function CallDetails({ item }: ItemProps<'call'>) {
  const typed = useTyping(item.callId);
  const body = describeBody(item.call);
  const { verdict } = item;
  const { result, isCut, busy, failure, showAll } = useWholeResult(item);
  const error = result && describeError(result);
  return (
    <div className="mr-2 mb-2 ml-8.5 animate-rise space-y-2.5 text-sm">
      {item.explanation && (
        <p className="contained text-ink-soft">
          <HostileText text={item.explanation} />
          {item.confidence !== undefined && ` (${Math.round(item.confidence * 100)} % sure)`}
        </p>
      )}
      {body && (
        <Part label={body.label}>
          <OutputBox label={body.label} text={body.text} tall />
        </Part>
      )}
      {!result && typed && (
        <Part label="Output so far">
          <OutputBox label="Output so far" text={typed} tall />
        </Part>
      )}
      {result?.stdout && (
        <Part label="Output">
          <OutputBox label="Output" text={result.stdout} tall />
        </Part>
      )}
      {result?.stderr && (
        <Part label="Errors">
          <OutputBox label="Errors" text={result.stderr} tall />
        </Part>
      )}
      {isCut && (
        <Button look="quiet" busy={busy} onClick={showAll} className="-ml-2 px-2">
          Show all of it
        </Button>
      )}
      {failure && <Notice>{failure}</Notice>}
      {error && (
        <p className={`contained ${result?.status === 'rejected' ? 'text-ink-soft' : 'text-bad'}`}>
          <HostileText text={error} />
        </p>
      )}
      {result?.status !== 'denied' && (
        <p className="contained text-ink-soft text-xs">
          {decisions[verdict.decision]}: <HostileText text={verdict.reason} />
          {item.network && ' It could reach the network.'}
        </p>
      )}
    </div>
  );
}

function Part({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <p className="mb-1 text-ink-soft text-xs">{label}</p>
      {children}
    </div>
  );
}
