'use client';

import { useEffect, useMemo, useState } from 'react';
import type { Token } from './highlight-lines.ts';
import { loadLanguage } from './load-language.ts';

type Highlight = (lines: readonly string[]) => Token[][];

/** The coloured stretches of each line of a file's text; none until its grammar, and what reads grammars, are there. */
export function useTokens(path: string, lines: readonly string[]): Token[][] | null {
  const highlight = useHighlight(path);
  return useMemo(() => (highlight ? highlight(lines) : null), [highlight, lines]);
}

function useHighlight(path: string): Highlight | null {
  const [highlight, setHighlight] = useState<Highlight | null>(null);
  useEffect(() => {
    let gone = false;
    void loadHighlight(path).then((found) => {
      if (!gone) setHighlight(() => found);
    });
    return () => {
      gone = true;
    };
  }, [path]);
  return highlight;
}

async function loadHighlight(path: string): Promise<Highlight | null> {
  const language = await loadLanguage(path);
  if (!language) return null;
  try {
    const { highlightLines } = await import('./highlight-lines.ts');
    return (lines) => highlightLines(lines, language);
  } catch {
    // Away from the network the text stays plain.
    return null;
  }
}
