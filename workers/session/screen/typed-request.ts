import type { TerminalRequest } from '#workers/sandbox/sandbox.ts';
import { interruptKey } from './terminal-view.ts';

/** A request as it stands in the session's log: `about` says what was typed, `restarts` which start of the program it belongs to. */
export type NamedRequest = TerminalRequest & { about?: string; restarts?: number };

const keyNames = ['Up', 'Down', 'Left', 'Right', 'Space', 'Tab', 'Escape', 'Enter'];
const key = `<(?:${keyNames.join('|')}|C-[a-z])>`;
const onlyKeys = new RegExp(`^(?:\\s*${key})+\\s*$`);

/** A person's words as they are typed: keys where they name nothing else (`<Down><Space>`), else text without control characters. Enter follows. */
export function typedRequest(words: string, about: string): NamedRequest {
  if (onlyKeys.test(words)) {
    const keys = (words.match(new RegExp(key, 'g')) ?? []).map((name) => name.slice(1, -1));
    return { type: 'keys', keys: keys.at(-1) === 'Enter' ? keys : [...keys, 'Enter'], about };
  }
  const text = words.replaceAll(/[^\P{Cc}\n\t]/gu, '');
  return text === '' ? enter(about) : { type: 'text', text, enter: true, about };
}

export function enter(about: string): NamedRequest {
  return { type: 'keys', keys: ['Enter'], about };
}

export function interrupt(about: string): NamedRequest {
  return { type: 'keys', keys: [interruptKey], about };
}
