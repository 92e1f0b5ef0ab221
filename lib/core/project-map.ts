import type { FileChange } from './change.ts';

/** Every path of a tree, sorted, up to a limit; `total` counts all. `changed`: what differs from an earlier point, deleted files included. */
export type TreeListing = { files: string[]; total: number; changed: FileChange[] };

export const symbolKinds = ['function', 'class', 'type', 'value', 'module', 'heading'] as const;
export type SymbolKind = (typeof symbolKinds)[number];

/** Something that a file declares. `line` counts from 1. */
export type FileSymbol = { name: string; kind: SymbolKind; line: number; symbols: FileSymbol[] };
