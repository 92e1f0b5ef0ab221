import type { Argument } from './simple-command.ts';

/** What a command starts in its turn: other commands as words, scripts as text, and why that cannot be seen in full. */
export type Inner = { commands: Argument[][]; scripts: string[]; opaque?: string | undefined };

export const nothing: Inner = { commands: [], scripts: [] };
