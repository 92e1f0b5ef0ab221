'use client';

import { createContext, useContext } from 'react';
import type { CheckpointState, ThreadState } from '#lib/core/state.ts';
import type { Typing } from '../../_live/typing.ts';

/** What the items of a thread may ask of the page around them. */
export type ThreadActions = {
  threadId: string;
  /** User id of the person at this device. */
  me: string;
  /** What members are called, by user id. */
  names: Readonly<Record<string, string>>;
  /** What is seen is the last of it: nothing can be said in it any more. */
  isDeleted: boolean;
  openCheckpoint(checkpoint: CheckpointState): void;
  openRevert(checkpointId: string): void;
};

const ThreadContext = createContext<ThreadState | null>(null);
const ActionsContext = createContext<ThreadActions | null>(null);
const TypingContext = createContext<Typing>({});

export const ThreadProvider = ThreadContext.Provider;
export const ThreadActionsProvider = ActionsContext.Provider;
export const TypingProvider = TypingContext.Provider;

/** The live state of the thread that one is in. */
export function useThreadState(): ThreadState {
  const thread = useContext(ThreadContext);
  if (!thread) throw new Error('A view of a thread stands outside of a thread.');
  return thread;
}

export function useThreadActions(): ThreadActions {
  const actions = useContext(ActionsContext);
  if (!actions) throw new Error('An item of a thread stands outside of a thread.');
  return actions;
}

/** Who that is, where it is not the person at this device. */
export function useOtherMember(userId: string | undefined): string | undefined {
  const { me, names } = useThreadActions();
  return userId === undefined || userId === me ? undefined : (names[userId] ?? 'another member');
}

export function useTyping(callId: string): string | undefined {
  return useContext(TypingContext)[callId];
}
