'use client';

import { useEffect, useMemo, useState } from 'react';
import { highlightLines, type Token } from './highlight-lines.ts';
import { type CodeLanguage, loadLanguage } from './load-language.ts';

/** The coloured stretches of each line of a file's text; none until its grammar is there. */
export function useTokens(path: string, lines: readonly string[]): Token[][] | null {
  const language = useLanguage(path);
  return useMemo(() => (language ? highlightLines(lines, language) : null), [language, lines]);
}

function useLanguage(path: string): CodeLanguage | null {
  const [language, setLanguage] = useState<CodeLanguage | null>(null);
  useEffect(() => {
    let gone = false;
    void loadLanguage(path).then((found) => {
      if (!gone) setLanguage(found);
    });
    return () => {
      gone = true;
    };
  }, [path]);
  return language;
}
