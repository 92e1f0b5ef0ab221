'use client';

import { Fragment, useMemo } from 'react';
import { CodeLine } from '../code/code-line.tsx';
import { useTokens } from '../code/use-tokens.ts';

/** Code that says which language it is in, in its colours once the grammar is there. */
export function FencedCode({ language, text }: { language: string; text: string }) {
  const lines = useMemo(() => text.replace(/\n$/, '').split('\n'), [text]);
  const tokens = useTokens(language, lines);
  return (
    <code>
      {lines.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is where it stands
        <Fragment key={at}>
          {at > 0 && '\n'}
          <CodeLine text={line} tokens={tokens?.[at]} />
        </Fragment>
      ))}
    </code>
  );
}
