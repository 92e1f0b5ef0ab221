'use client';

import { createContext, useContext } from 'react';
import type { Comment } from '#lib/core/comment.ts';

/** What a person asks about: lines of a file, or something that was said. */
export type Subject = Pick<Comment, 'place' | 'quote'>;

const AskContext = createContext<(subject: Subject) => void>(() => {});

export const AskProvider = AskContext.Provider;

/** Opens the sheet in which a person says what they want to know or have about something. */
export function useAsk(): (subject: Subject) => void {
  return useContext(AskContext);
}
